"""A ticket was solved, and nobody says anything more: after some days it is closed, and nobody is disturbed.

Only where the rules say so, and only a ticket of our own: what an outside desk owns is closed there.
"""

from __future__ import annotations

import structlog

from ..domain.errors import Refused, StaleVersion
from ..domain.events import Closed
from ..domain.incident import Incident
from ..policy.silence import is_silent
from ..ports import Clock, Store
from .intake import Intake
from .own_events import own_event

BATCH = 50
log = structlog.get_logger(__name__)


class Silence:
    """The worker behind the rows of tickets that wait to be closed."""

    def __init__(self, store: Store, clock: Clock, intake: Intake) -> None:
        self._store, self._clock, self._intake = store, clock, intake

    def turn(self) -> bool:
        """True when a ticket's time had come."""
        now = self._clock.now()
        with self._store.read() as tx:
            due = tx.due_closings(now, BATCH)
            waiting = tx.incidents(due)
        for name in due:
            ticket = waiting.get(name)
            if ticket is None or not is_silent(ticket):
                self._forget(name)
            else:
                self._close(ticket)
        return bool(due)

    def _close(self, ticket: Incident) -> None:
        """Recording the closing ends the wait in the same transaction."""
        closed = own_event(ticket, Closed(silent=True), "close", self._clock.now())
        try:
            self._intake.accept([closed])
        except StaleVersion:
            # Somebody said something in between: the next turn looks again.
            return
        except Refused as refused:
            log.info("silence ended without a closing", reason=str(refused))
            self._forget(ticket.id)

    def _forget(self, incident_id: str) -> None:
        with self._store.write() as tx:
            tx.end_closing(incident_id)
