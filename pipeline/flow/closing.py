"""A ticket was closed while its failure goes on: somebody is surprised, and is told."""

from __future__ import annotations

from datetime import datetime

from ..domain.events import Closed, Event
from ..domain.incident import Incident
from ..domain.lattices import TicketState
from ..ports import Alarm, Transaction


def warn(tx: Transaction, event: Event, incident: Incident, now: datetime) -> None:
    """Whoever closed the ticket is surprised, or whoever still hears of the failure."""
    key, still_open = f"closed:{incident.id}", incident.major and incident.major.is_open
    if isinstance(event.data, Closed) and still_open:
        tx.raise_alarm(
            Alarm(
                key=key,
                code="closed_while_open",
                values={"number": incident.number},
                raised_at=now,
                incident=incident.id,
            )
        )
    elif incident.state.value is TicketState.CLOSED and not still_open:
        tx.clear_alarm(key, now)
