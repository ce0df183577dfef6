"""When is a ticket compared with the past? When it comes in, and again when it is known how it ended; and once it is
planned work, which is no case of anything."""

from __future__ import annotations

from datetime import datetime

from ...domain.events import OPENING, Closed, Event, Resolved
from ...domain.incident import Incident
from ...domain.maintenance_events import MaintenancePlanned
from ...ports import Transaction

QUEUE = "recurrence"


def await_judging(tx: Transaction, event: Event, before: Incident | None, now: datetime) -> None:
    if (before is None and isinstance(event.data, OPENING)) or isinstance(
        event.data, Resolved | Closed | MaintenancePlanned
    ):
        tx.await_judging(event.incident_id, now)
