"""In which phase was a major incident when? Bands on its axis of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.events import Event
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident

Turn = tuple[str, datetime]
"""A phase, and since when."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """`until` is None for the phase in which it is now."""

    phase: str
    since: datetime
    until: datetime | None
    x: float
    width: float


def turns_of(events: Iterable[Event]) -> list[Turn]:
    """Each phase with its beginning, in the order in which they were; none before it was declared."""
    incident: Incident | None = None
    found: list[Turn] = []
    for event in events:
        incident = fold(incident, event)
        if incident.major is not None:
            phase = incident.major.phase
            if not found or found[-1][0] != phase.value.value:
                found.append((phase.value.value, phase.at))
    return found


def bands_of(
    turns: Sequence[Turn], begin: datetime, end: datetime, place: Callable[[datetime], float]
) -> tuple[Band, ...]:
    """What lies outside of the axis is cut off; a phase that ended as it began has no band."""
    bands = []
    for n, (phase, since) in enumerate(turns):
        until = turns[n + 1][1] if n + 1 < len(turns) else None
        left, right = max(since, begin), min(until or end, end)
        if right > left:
            width = round(place(right) - place(left), 1)
            bands.append(Band(phase=phase, since=since, until=until, x=place(left), width=width))
    return tuple(bands)
