"""Clocks of which a stage is due: the group in charge, or its managers, are warned on one card.

However many stages passed at once, as after a stop of the machine, the last of them is told, to all whom
they name. A warning that has not left yet gives way to the newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from ..domain.communication import Communication, Kind, Lane, Reason
from ..domain.incident import Incident
from ..domain.service_clock import ServiceClock, Stage
from ..ports import Clock, Ids, Store, Transaction
from .service_clocks import take_back

BATCH = 50
"""Told in one transaction: events wait for the one writer meanwhile."""
RULE = "service-level-warning"


class ServiceLevels:
    """The worker behind the rows of clocks."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, wake: Callable[[], None]) -> None:
        """`wake` is for who drafts what is to be told."""
        self._store, self._clock, self._ids, self._wake = store, clock, ids, wake

    def turn(self) -> bool:
        """True when a stage was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            if not tx.due_service_clocks(now, 1):
                return False
        with self._store.write() as tx:
            due = tx.due_service_clocks(now, BATCH)
            tickets = tx.incidents(sorted({clock.incident for clock in due}))
            told = [self._tell(tx, c, tickets.get(c.incident), now) for c in due]
            tx.save_service_clocks(told)
        self._wake()
        return bool(due)

    def _tell(
        self, tx: Transaction, clock: ServiceClock, ticket: Incident | None, now: datetime
    ) -> ServiceClock:
        passed = clock.passed(now)
        seen = clock.model_copy(update={"told": (*clock.told, *(s.name for s in passed))})
        if ticket is None or ticket.state.value.is_over:
            return seen
        cards = {
            audience: self._card(clock, passed[-1], audience, now) for audience in _told_by(passed)
        }
        for audience, card in cards.items():
            _replace(tx, clock.cards.get(audience), card, now)
        tx.add_communications(list(cards.values()))
        newest = {audience: card.id for audience, card in cards.items()}
        return seen.model_copy(update={"cards": {**clock.cards, **newest}})

    def _card(
        self, clock: ServiceClock, stage: Stage, audience: str, now: datetime
    ) -> Communication:
        values = {"stage": stage.name, "policy": clock.basis}
        return Communication(
            id=self._ids.new("com"),
            incident=clock.incident,
            kind=Kind.SERVICE_LEVEL_WARNING,
            audience=audience,
            rule=RULE,
            reason=Reason(code=f"{clock.what.value}_stage", values=values),
            lane=Lane.URGENT,
            due_at=now,
            created_at=now,
            events=(),
            clock=clock.id,
            stage=stage.name,
        )


def _told_by(stages: Sequence[Stage]) -> list[str]:
    return list(dict.fromkeys(audience for stage in stages for audience in stage.tell))


def _replace(tx: Transaction, before: str | None, card: Communication, now: datetime) -> None:
    old = tx.communication(before) if before else None
    if old is not None:
        take_back(tx, old, now, Reason(code="newer_card", values={"into": card.id}))
