"""How long did each thing take, from its own start to its own arrival?

Paired by key, never by order: two that overtook each other would else both look punctual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def waits(
    starts: Mapping[str, float], arrivals: Iterable[tuple[str, float]], owners: Mapping[str, str]
) -> list[float]:
    """Milliseconds, in the order of `starts`; negative for what came too early.

    `arrivals` are (message, moment) and `owners` say to which start a message belongs. The first
    arrival counts; what has no start is not ours to measure. Raises RuntimeError for a start of
    which nothing arrived.
    """
    first: dict[str, float] = {}
    for message, moment in arrivals:
        owner = owners.get(message, "")
        first[owner] = min(moment, first.get(owner, moment))
    missing = [key for key in starts if key not in first]
    if missing:
        raise RuntimeError(f"nothing arrived of {missing[0]}, and of {len(missing) - 1} others")
    return [(first[key] - begun) * 1000 for key, begun in starts.items()]
