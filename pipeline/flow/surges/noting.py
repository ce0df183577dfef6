"""A ticket came in, or an alert: by which a service may be seen to fail. What follows is looked at beside its way."""

from __future__ import annotations

from datetime import datetime

from ...domain.events import Event, Reported
from ...domain.incident import Incident
from ...domain.major_events import Alerted
from ...domain.sighting import Sighting
from ...policy.confirmation import Confirmation
from ...policy.surging import LATEST
from ...ports import Transaction
from ..plain_requests import only_asks


def note(
    tx: Transaction, event: Event, incident: Incident, rules: Confirmation, now: datetime
) -> None:
    """Nothing, where no rule counts tickets. Which service a title names is looked for later: a report waits for nothing."""
    if not rules.tickets or event.occurred_at < now - LATEST:
        return
    first = isinstance(event.data, Reported) and event.version == 1
    reported = first and not only_asks(incident, rules)
    alerted = isinstance(event.data, Alerted) and incident.service and rules.heeds_alerts
    if not reported and not alerted:
        return
    tx.note_sighting(
        Sighting(
            ticket=incident.id,
            service=incident.service.value if incident.service else None,
            requester=incident.requester.value.id if incident.requester else None,
            seen_at=event.occurred_at,
        ),
        now,
    )
