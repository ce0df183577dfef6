"""What happens when in a replay of our own past: from which moment, in which order, and how long is it watched?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.domain.cloudevents import Incoming
from pipeline.domain.wishes import Muting

from .answered_then import Answer
from .circumstances import Elsewhere
from .decided_then import Decision
from .past import Past, Ticket

AFTER = timedelta(days=2)
"""How long it goes on after a ticket's last event: digests, quiet hours and promises come to their end."""
_BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Step:
    at: datetime
    ticket: Ticket | None = None
    """None for what concerns none in particular."""
    event: Incoming | None = None
    decision: Decision | None = None
    answer: Answer | None = None
    elsewhere: Elsewhere | None = None
    muting: Muting | None = None

    @property
    def turn(self) -> tuple[datetime, int, str]:
        """What happened beside comes before the events of its moment, and what people decided follows them. Events are in
        the order in which they were recorded: ids that are made later sort later."""
        beside = self.elsewhere is not None or self.muting is not None
        if self.event is not None:
            return self.at, 1, self.event.content_hash
        return self.at, 0 if beside else 2, ""


@dataclass(frozen=True, kw_only=True)
class Course:
    """In order. How long it lasts is for the tickets alone: what else was so in the house may be older, and newer."""

    start: datetime
    steps: tuple[Step, ...]
    end: datetime


def course_of(past: Past, until: datetime | None = None) -> Course | None:
    """None when there is nothing to play. Nothing after `until` is watched, but every event is played."""
    own = [step for ticket in past.tickets for step in _steps(ticket)]
    if not own:
        return None
    times = [step.at for step in own]
    start, end = min(times) - _BEFORE, _end(past, max(times), until)
    steps = sorted([*own, *_mutes(past, start, end)], key=lambda step: step.turn)
    return Course(start=start, steps=tuple(steps), end=end)


def _end(past: Past, last: datetime, until: datetime | None) -> datetime:
    """Never before what is on record, or that would be gone."""
    told = [t.told_until for t in past.tickets if t.asked and t.told_until is not None]
    end = max([last + AFTER, *told])
    return end if until is None else max(min(end, until), last)


def _steps(ticket: Ticket) -> Iterator[Step]:
    for at, incoming in ticket.incoming:
        yield Step(at=at, ticket=ticket, event=incoming)
    for decision in ticket.decisions:
        yield Step(at=decision.at, ticket=ticket, decision=decision)
    for answer in ticket.answers:
        yield Step(at=answer.at, ticket=ticket, answer=answer)
    for one in ticket.elsewhere:
        yield Step(at=one.at, ticket=ticket, elsewhere=one)


def _mutes(past: Past, start: datetime, end: datetime) -> Iterator[Step]:
    """Those that began meanwhile, of services and of these tickets; what was mute at the start is arranged with it."""
    tickets = {ticket.id: ticket for ticket in past.tickets}
    for muting in past.beside.mutings:
        ticket = tickets.get(muting.about) if muting.of == "incident" else None
        if start < muting.at <= end and (ticket is not None or muting.of == "service"):
            yield Step(at=muting.at, ticket=ticket, muting=muting)
