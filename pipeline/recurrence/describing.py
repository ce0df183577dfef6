"""What do the cases of a chain have in common, what differs, and how does the chain live?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from .naming import Kind
from .signature import Signature

MOST_NAMES = 12


class Life(StrEnum):
    """EMERGING: no more cases than make a proposal; QUIET: none for the span that the rules give."""

    EMERGING = "emerging"
    ACTIVE = "active"
    WATCHED = "watched"
    QUIET = "quiet"


def life_of(
    times: Sequence[datetime],
    now: datetime,
    *,
    watched: bool,
    from_case: int,
    quiet_after: timedelta,
) -> Life:
    """Of a chain with cases at these `times`, in their order."""
    if not times or now - times[-1] >= quiet_after:
        return Life.QUIET
    if watched:
        return Life.WATCHED
    return Life.EMERGING if len(times) <= from_case else Life.ACTIVE


def shown_name(name: str) -> str:
    """Without the marks by which names of machines are kept apart from words."""
    bare = name[1:]
    return bare[1:] if bare[:1] == "n" and bare[1:].isdigit() else bare


def _told(kind: Kind, names: Iterable[str]) -> Iterator[str]:
    """A word with the kind of thing it stands before is a guess: good to compare with, not to read."""
    return (name for name in names if kind is not Kind.SYSTEM or " " not in name)


def names_in(signatures: Sequence[Signature]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of at least half the cases, and those of fewer, as they are compared: without marks and capitals."""
    told = Counter(
        name
        for one in signatures
        for name in {
            *(shown_name(name) for kind, names in one.names.items() for name in _told(kind, names)),
            *([one.service] if one.service else []),
        }
    )
    most = [name for name, _ in told.most_common()]
    half = len(signatures) / 2
    shared = tuple(name for name in most if told[name] >= max(2, half))
    return shared[:MOST_NAMES], tuple(name for name in most if name not in shared)[:MOST_NAMES]
