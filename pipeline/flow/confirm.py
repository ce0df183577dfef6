"""An alert that kept firing through its hold-down is a major incident, and so are as many tickets that are still open
after theirs; nobody had to be awake for it."""

from __future__ import annotations

import structlog

from ..domain.errors import Refused, StaleVersion
from ..domain.incident import Incident
from ..policy.confirmation import awaits_confirmation
from ..policy.surging import still_surging
from ..ports import Clock, Store, Transaction
from .alerts.confirming import says_what_failed
from .intake import Intake
from .library import Library
from .own_events import confirmed

QUEUE = "confirmations"
BATCH = 50
log = structlog.get_logger(__name__)


class Confirmations:
    """The worker behind the rows of alerts and of tickets that wait to be confirmed."""

    def __init__(self, store: Store, clock: Clock, library: Library, intake: Intake) -> None:
        self._store, self._clock, self._library, self._intake = store, clock, library, intake

    def turn(self) -> bool:
        """True when a hold-down ended."""
        now = self._clock.now()
        with self._store.read() as tx:
            due = tx.due_confirmations(now, BATCH)
            known = tx.incidents(due)
            services = tx.services(sorted({name for i in known.values() for name in i.services}))
            waiting = {
                name: incident
                for name, incident in known.items()
                if says_what_failed(incident, services) and self._still_waits(tx, incident)
            }
        for name in due:
            if name in waiting:
                self._declare(waiting[name])
            else:
                self._forget(name)
        return bool(due)

    def _still_waits(self, tx: Transaction, incident: Incident) -> bool:
        rules = self._library.rules.confirmation
        if awaits_confirmation(rules, incident):
            return True
        if not incident.is_surging:
            return False
        asked = tx.asked_about(incident.id)
        return still_surging(rules, incident, asked, tx.incidents([one.ticket for one in asked]))

    def _declare(self, incident: Incident) -> None:
        """Recording the declaration ends the wait in the same transaction."""
        try:
            self._intake.accept([confirmed(incident, "hold_down", self._clock.now())])
        except StaleVersion:
            # Something else was recorded in between: the next turn looks again.
            return
        except Refused as refused:
            # Somebody decided meanwhile, or the ticket was closed: then there is nothing to wait for.
            log.info("hold-down ended without a declaration", reason=str(refused))
            self._forget(incident.id)

    def _forget(self, incident_id: str) -> None:
        with self._store.write() as tx:
            tx.end_confirmation(incident_id)
