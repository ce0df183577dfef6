"""A ticket came in, or an alert: by which a service may be seen to fail. What follows is looked at beside its way."""

from __future__ import annotations

from datetime import datetime

from ...domain.events import Closed, Event, Reported
from ...domain.incident import Incident
from ...domain.major_events import Alerted
from ...domain.portal_events import Attached
from ...domain.sighting import Sighting, who
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
    if isinstance(event.data, Closed | Attached) and incident.surge and not incident.is_answered:
        # The question ended without an answer: those of which it was asked are counted anew.
        for one in tx.asked_about(incident.id):
            tx.note_sighting(one, now)
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
            requester=_reporter(tx, incident),
            seen_at=event.occurred_at,
        ),
        now,
    )


def _reporter(tx: Transaction, incident: Incident) -> str | None:
    """People are known by source, unless the directory knows them: then they are one, wherever they report."""
    if incident.requester is None:
        return None
    name = incident.requester.value.id
    return name if tx.people([name]) else who(incident.source, name)
