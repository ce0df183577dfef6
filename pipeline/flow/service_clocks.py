"""An event starts, stops, pauses or moves the clocks of its ticket, in its own transaction.

What was about to be told of a clock that stands still now is taken back: nobody is warned of what is done,
or of what waits for somebody else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ..domain.clocks_events import DueSet, PriorityChanged
from ..domain.communication import Communication, CommunicationState, Reason
from ..domain.events import (
    Assigned,
    Closed,
    Event,
    Noted,
    Reopened,
    Reported,
    Resolved,
    StateChanged,
)
from ..domain.incident import Incident
from ..domain.major_events import Declared
from ..domain.message import MessageState
from ..domain.portal_events import Attached, Detached
from ..domain.service_clock import ClockState, ServiceClock
from ..policy.rules import RulePack
from ..policy.service_clocks import clocks_after
from ..policy.silence import closes_at
from ..ports import Transaction

_MOVES = (
    *(Reported, Assigned, StateChanged, Noted, Resolved, Reopened, Closed),
    *(PriorityChanged, DueSet, Declared, Attached, Detached),
)


def follow(
    tx: Transaction,
    rules: RulePack,
    event: Event,
    before: Incident | None,
    after: Incident,
    now: datetime,
) -> None:
    """The clocks as they are after the event."""
    if not isinstance(event.data, _MOVES):
        return
    kept = tx.service_clocks(after.id) if before is not None else []
    changed = clocks_after(rules.service_levels, kept, event, before, after)
    tx.save_service_clocks([_recalled(tx, clock, now) for clock in changed])
    if rules.close_after is not None:
        _await_silence(tx, rules.close_after, event, after)


def _await_silence(tx: Transaction, days: timedelta, event: Event, ticket: Incident) -> None:
    at = closes_at(days, ticket, event)
    if at is None:
        tx.end_closing(ticket.id)
    else:
        tx.await_closing(ticket.id, at)


def _recalled(tx: Transaction, clock: ServiceClock, now: datetime) -> ServiceClock:
    """Without the warnings that have not left yet, where the clock stands still, or has not come so far after
    all: a pause was told late. A stage that nobody was told of is told once the clock has come to it again; one
    that somebody was told of is not told twice."""
    told, ahead = clock.told, {s.name for s in clock.stages if s.at is None or s.at > now}
    runs = clock.state is ClockState.RUNNING
    why = Reason(code="clock_moved" if runs else "clock_stopped")
    for name in clock.cards.values():
        card = tx.communication(name)
        if card is None or (runs and card.stage not in ahead):
            continue
        if take_back(tx, card, now, why):
            told = tuple(stage for stage in told if stage != card.stage)
    return clock.model_copy(update={"told": told})


def take_back(tx: Transaction, card: Communication, now: datetime, why: Reason) -> bool:
    """True when it was not even drafted; what was is taken from the queue as far as it has not left."""
    if card.state is CommunicationState.PLANNED:
        return tx.settle_communication(card, CommunicationState.SKIPPED, at=now, outcome=why)
    if card.state is CommunicationState.RELEASED:
        tx.move_messages(card.id, MessageState.QUEUED, MessageState.CANCELLED, now)
    return False
