"""A due communication becomes checked messages: brief, draft, guard, release, plan.

Claiming is one commit and the result another; the drafting between them holds no lock. A process that
dies in between has told nobody, and the row comes back when its lease ends; one that comes back too
often, or that cannot be drafted, is parked with its reason and alarmed, while the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from ..domain.communication import Communication, CommunicationState, Kind, Reason
from ..domain.errors import HeliographError
from ..ports import Clock, Ids, Store
from .composed import Composed, failed, parked, write
from .drafter import Drafter
from .gather import Subject, gather
from .library import Library
from .surveys.inviting import composed
from .writing.waits import Prospects

BATCH = 32
LEASE = timedelta(minutes=1)
MOST_TRIES = 5
"""A row that was claimed so often and never settled has killed its process each time."""
PLANNED = "communications"

log = structlog.get_logger(__name__)


class Composer:
    """The worker between the rules and the channels."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        drafter: Drafter,
        library: Library,
        prospects: Prospects,
        wake: Callable[[Collection[str]], None],
    ) -> None:
        """`wake` is told over which channels there is something to send."""
        self._store, self._clock, self._ids = store, clock, ids
        self._drafter, self._prospects, self._wake = drafter, prospects, wake
        self._library = library

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(PLANNED)
            self._library.in_force(tx)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = tx.claim_communications(now, LEASE, BATCH)
        # What came back unsettled goes first and alone: if it kills its process, it takes none with it.
        for batch in [*([c] for c in claimed if c.tries > 1), [c for c in claimed if c.tries <= 1]]:
            self._settle(batch, now)
        return bool(claimed)

    def _settle(self, batch: list[Communication], now: datetime) -> None:
        if not batch:
            return
        with self._store.read() as tx:
            subjects = {s.communication.id: s for s in gather(tx, batch)}
        made = self._compose_all(batch, subjects, now)
        with self._store.write() as tx:
            write(tx, made, self._ids, now, self._prospects, self._library.rules)
        self._wake({m.recipient.channel for _, one in made for m in one.messages})

    def _compose_all(
        self, claimed: list[Communication], subjects: Mapping[str, Subject], now: datetime
    ) -> list[tuple[Communication, Composed]]:
        made = []
        said: dict[tuple[str, str, str], dict[str, str]] = {}
        for communication in claimed:
            rota = communication.on_call.rota if communication.on_call else ""
            audience = (communication.incident, communication.audience, rota)
            subject = subjects.get(communication.id)
            if subject is not None and audience in said:
                subject = replace(subject, told=said[audience], told_at=now, beside=True)
            one = self._compose(communication, subject, now)
            news = communication.kind is not Kind.CORRECTION
            if news and one.told is not None and one.state is CommunicationState.RELEASED:
                said[audience] = one.told
            made.append((communication, one))
        return made

    def _compose(
        self, communication: Communication, subject: Subject | None, now: datetime
    ) -> Composed:
        """Never raises: whatever goes wrong with one communication is a parked row, not a dead worker."""
        if communication.tries > MOST_TRIES:
            return parked(Reason(code="poison", values={"tries": str(communication.tries)}))
        if subject is None:
            return parked(failed("the ticket is not in the store"))
        try:
            return composed(subject, self._library.rules.surveys, now, self._drafter.draft)
        except HeliographError as unusable:
            return parked(failed(str(unusable)))
        except Exception as unforeseen:  # a fault of ours parks this one; the others are composed
            log.exception("communication could not be composed", communication=communication.id)
            return parked(failed(type(unforeseen).__name__))
