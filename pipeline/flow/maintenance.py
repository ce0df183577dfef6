"""Planned maintenance comes near, or its time is over: recorded as events of its ticket, when they are due."""

from __future__ import annotations

from datetime import datetime

from ..domain.maintenance_events import MaintenanceEnded, MaintenanceNear
from ..ports import Clock, Store, Transaction
from .intake import Intake, Record
from .library import Library
from .own_events import own_event
from .windows import is_over, next_look

QUEUE = "maintenance"
BATCH = 50


class MaintenanceWatch:
    """The worker behind the rows of planned maintenance."""

    def __init__(self, store: Store, clock: Clock, library: Library, intake: Intake) -> None:
        self._store, self._clock, self._library, self._intake = store, clock, library, intake

    def turn(self) -> bool:
        """True when a reminder or an end was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due = tx.due_maintenance(now, BATCH)
        for name in due:

            def work(tx: Transaction, record: Record, of: str = name) -> None:
                self._advance(tx, record, of, now)

            self._intake.together(work)
        return bool(due)

    def _advance(self, tx: Transaction, record: Record, name: str, now: datetime) -> None:
        incident = tx.incident(name)
        if incident is None or incident.maintenance is None or is_over(incident):
            tx.plan_maintenance(name, None)
            return
        plan = incident.maintenance
        if now >= plan.ends_at.value:
            held, firing = tx.release_held(name, now)
            data = MaintenanceEnded(held=held, still_firing=firing)
            record([own_event(incident, data, "maintenance_ended", now)])
            return
        near = MaintenanceNear(starts_at=plan.starts_at.value)
        if now < plan.starts_at.value:
            record([own_event(incident, near, "maintenance_near", now)])
        tx.plan_maintenance(name, next_look(plan, self._library.rules.maintenance, now))
