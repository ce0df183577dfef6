"""In which stretches did a clock run? Worked out anew from all that was said of waiting, by the times that
it was true, so that the order in which it came does not matter.

Of two words of one moment the later one to come counts, as it does for the ticket's state.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from datetime import datetime

from ..domain.events import Event, StateChanged
from ..domain.incident import Incident
from ..domain.lattices import TicketState, WaitingFor
from ..domain.service_clock import ServiceClock, Stretch, Turn

MOST = 200
"""Turns that are kept as they were told; of older ones those that change nothing are let go."""


def turn_in(event: Event) -> Turn | None:
    """What an event says of waiting."""
    data = event.data
    if not isinstance(data, StateChanged):
        return None
    waits = data.waiting_for or WaitingFor.OTHER
    return Turn(at=event.occurred_at, waits=waits if data.state is TicketState.WAITING else None)


def standing(ticket: Incident) -> tuple[Turn, ...]:
    """What is known of waiting where a clock begins with a ticket that was there before."""
    if ticket.state.value is not TicketState.WAITING:
        return ()
    return (Turn(at=ticket.state.at, waits=ticket.waiting_for or WaitingFor.OTHER),)


def with_turn(clock: ServiceClock, turn: Turn | None) -> ServiceClock:
    """The clock that knows of it; not one whose round does not hold its moment."""
    if turn is None or not _holds(clock, turn):
        return clock
    at = bisect_right(clock.turns, turn.at, key=lambda known: known.at)
    turns = (*clock.turns[:at], turn, *clock.turns[at:])
    return clock.model_copy(update={"turns": turns if len(turns) <= MOST else _lean(turns)})


def run(clock: ServiceClock, pauses: Container[WaitingFor]) -> ServiceClock:
    """With the stretches in which it ran, if these waits stop it."""
    since: datetime | None = clock.started_at
    ran: list[Stretch] = []
    for turn in clock.turns:
        at = max(turn.at, clock.started_at)
        stands = turn.stops or (turn.waits is not None and turn.waits in pauses)
        if stands and since is not None:
            ran.append(Stretch(begin=since, end=at))
            since = None
        elif not stands and since is None:
            since = at
    return clock.model_copy(update={"ran": tuple(ran), "since": since})


def _holds(clock: ServiceClock, turn: Turn) -> bool:
    """The first round holds what seems to precede it, too: there, two clocks differ."""
    begun = clock.round == 1 or turn.at >= clock.started_at
    return begun and (clock.ended_at is None or turn.at <= clock.ended_at)


def _lean(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    newest = turns[-MOST // 2 :]
    older = turns[: -MOST // 2]
    before = (None, *(turn.waits for turn in older))
    return (*(t for t, was in zip(older, before, strict=False) if t.waits != was), *newest)
