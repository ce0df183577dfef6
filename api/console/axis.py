"""Where does each event, message and promise of a major incident stand on one axis of time?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.events import Event
from pipeline.domain.promise import Promise, PromiseState

from .phase_bands import Band, Turn, bands_of
from .rounds import AUDIENCES

WIDTH, LEFT, RIGHT = 1000, 150, 24
ROW, TOP = 30, 16
_STEPS = [timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440)]
MOST_TICKS = 8
_NEAREST = timedelta(minutes=30)
_UNTOLD = frozenset({PromiseState.PENDING, PromiseState.WITHDRAWN})
Place = Callable[[datetime], float]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """`x` is a place on the axis; `code` has a word (an event's, a kind's or a slot's name, as `group`
    says); `link` is where to read on."""

    x: float
    at: datetime
    group: Literal["event", "kind", "slot"]
    code: str
    link: str
    style: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    """Marks of one kind: those of an audience, of all events, or of all promises."""

    name: str
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Lanes under each other, and the clock times at which a line is drawn."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, datetime], ...]
    now: float | None
    height: int
    bands: tuple[Band, ...] = ()
    width: int = WIDTH
    left: int = LEFT


def axis_of(
    events: Sequence[Event],
    communications: Iterable[Communication],
    promises: Iterable[Promise],
    now: datetime,
    *,
    failing: bool,
    turns: Sequence[Turn] = (),
) -> Axis | None:
    """None without events. The axis of what is `failing` reaches to `now` at least; `turns` are its phases."""
    if not events:
        return None
    released = (c for c in communications if c.state is CommunicationState.RELEASED)
    told = [c for c in released if c.audience in AUDIENCES]
    watched = [p for p in promises if p.state not in _UNTOLD]
    happened = [e.occurred_at for e in events] + [c.due_at for c in told]
    begin = min([*happened, *(p.promised_at for p in watched)])
    latest = max([*happened, now]) if failing else max(happened)
    # What lies further ahead than all of the past is long would press the rest together.
    horizon = latest + max(latest - begin, _NEAREST)
    watched = [p for p in watched if p.promised_at <= horizon]
    end = max([latest, *(p.promised_at for p in watched)])
    span = max((end - begin).total_seconds(), 60.0)

    def place(at: datetime) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (at - begin).total_seconds() / span, 1)

    bands = bands_of(turns, begin, end, place)
    rows = [*_phases(bands), *_rows(events, told, watched, place)]
    lanes = tuple(
        Lane(name=name, y=TOP + ROW * n + ROW // 2, marks=tuple(marks))
        for n, (name, marks) in enumerate(rows)
    )
    return Axis(
        lanes=lanes,
        ticks=tuple((place(at), at) for at in _ticks(begin, end)),
        now=place(now) if begin <= now <= end else None,
        height=TOP + ROW * len(lanes) + 26,
        bands=bands,
    )


def _phases(bands: Sequence[Band]) -> list[tuple[str, list[Mark]]]:
    """A lane of bands, which has no marks."""
    return [("phases", [])] if bands else []


def _rows(
    events: Sequence[Event], told: list[Communication], promises: list[Promise], place: Place
) -> list[tuple[str, list[Mark]]]:
    """Those with a mark, by their names."""
    by_audience = {a: [_told(c, place) for c in told if c.audience == a] for a in AUDIENCES}
    rows = {
        "events": [_event(e, place) for e in events],
        **by_audience,
        "promises": [_promised(p, place) for p in promises],
    }
    return [(name, marks) for name, marks in rows.items() if marks]


def _event(event: Event, place: Place) -> Mark:
    return Mark(
        x=place(event.occurred_at),
        at=event.occurred_at,
        group="event",
        code=event.name,
        link=f"#event-{event.version}",
        style="event",
    )


def _told(c: Communication, place: Place) -> Mark:
    return Mark(
        x=place(c.due_at),
        at=c.due_at,
        group="kind",
        code=c.kind.value,
        link=f"/communications/{c.id}",
        style="scheduled" if c.scheduled else "told",
    )


def _promised(promise: Promise, place: Place) -> Mark:
    return Mark(
        x=place(promise.promised_at),
        at=promise.promised_at,
        group="slot",
        code=promise.what,
        link=f"/communications/{promise.communication}",
        style=f"promise-{promise.state.value}",
    )


def _ticks(begin: datetime, end: datetime) -> list[datetime]:
    """At full steps, few enough to be read."""
    span = end - begin
    step = next((s for s in _STEPS if span / s <= MOST_TICKS), timedelta(days=1))
    while span / step > MOST_TICKS:
        step *= 2
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight + step * -(-(begin - midnight) // step)
    found = []
    while first <= end:
        found.append(first)
        first += step
    return found
