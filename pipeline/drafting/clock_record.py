"""What does the record hold about a clock of a ticket? For those in charge alone: nobody else hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.directory import Names
from ..domain.facts import Fact, FactValue, Level, ValueKind
from ..domain.incident import Incident
from ..domain.keys import ticket_scope
from ..domain.service_clock import ServiceClock

K = ValueKind
MINUTE = timedelta(minutes=1)
MANAGERS = "managers"
"""Who hears of it when those in charge did not manage."""
LONGEST_LEFT = timedelta(hours=48)
"""Beyond it a length would be told in days, which working time does not have."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A clock as it is read at one moment: `left` of its working time, none when it has passed; `hours` is
    the calendar's name where not every hour counts."""

    clock: ServiceClock
    at: datetime
    left: timedelta | None
    hours: Names | None = None


def clock_facts(incident: Incident, reading: Reading, told_by: str) -> tuple[Fact, ...]:
    """`told_by` is the communication that they are read for."""
    return tuple(
        Fact(
            id=f"f.{name}",
            what=incident.id,
            attribute=name,
            kind=kind,
            value=value,
            level=Level.INTERNAL,
            scope=ticket_scope(incident.id),
            at=reading.at,
            event=told_by,
        )
        for name, kind, value in (*_of_clock(reading), *_of_ticket(incident))
        if value is not None
    )


def _of_clock(reading: Reading) -> Iterator[tuple[str, ValueKind, FactValue | None]]:
    clock, now = reading.clock, reading.at
    yield "clock_name", K.STATE, f"clock.{clock.what.value}"
    yield "deadline", K.TIME, clock.deadline
    yield "working_hours", K.NAME, reading.hours
    stood = _stood_still(clock)
    yield "paused_for", K.DURATION, _seconds(stood) if stood >= MINUTE else None
    if clock.deadline is None:
        return
    passed = clock.deadline <= now
    yield "deadline_state", K.STATE, "deadline.passed" if passed else "deadline.ahead"
    if passed:
        late = now - clock.deadline
        yield "overdue_for", K.DURATION, _seconds(late) if late >= MINUTE else None
    elif reading.left is not None and reading.left <= LONGEST_LEFT:
        yield "time_left", K.DURATION, _seconds(reading.left)
    raised = [s for s in clock.stages if MANAGERS in s.tell]
    told = any(s.name in clock.told or (s.at is not None and s.at <= now) for s in raised)
    raised_at = next((s.at for s in raised if s.at is not None and s.at > now), None)
    # They are told once more at each further stage, which is no news to anybody.
    if raised_at is not None and not told:
        yield "next_stage_at", K.TIME, raised_at
        yield "next_told", K.STATE, f"told.{MANAGERS}"


def _of_ticket(incident: Incident) -> Iterator[tuple[str, ValueKind, FactValue | None]]:
    if incident.notes:
        last = incident.notes[-1]
        yield "last_note", K.QUOTE, last.value.text
        yield "last_note_at", K.TIME, last.at


def _stood_still(clock: ServiceClock) -> timedelta:
    """Between its stretches."""
    begins = [*(s.begin for s in clock.ran[1:]), *([clock.since] if clock.since else [])]
    ends = [s.end for s in clock.ran]
    pairs = zip(begins, ends, strict=False)
    return sum((begin - end for begin, end in pairs), timedelta())


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())
