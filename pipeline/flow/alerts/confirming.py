"""An alert came, or went: is it a major incident now, or does it have to keep firing first?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ...domain.alert_events import AlertSteadied
from ...domain.cloudevents import Incoming
from ...domain.directory import Service
from ...domain.events import Event
from ...domain.incident import Incident
from ...domain.major_events import AlertCleared, Alerted, Declared, Withdrawn
from ...policy.confirmation import Confirmation, awaits_confirmation, is_confirmed
from ...ports import Transaction
from ..own_events import confirmed

_OF_CONFIRMATION = (Alerted, AlertCleared, AlertSteadied, Declared, Withdrawn)


def says_what_failed(incident: Incident, services: Mapping[str, Service]) -> bool:
    """The register knows its service. Else users would hear that something failed, and not what: that is for a
    person to declare."""
    known = (services[name] for name in incident.services if name in services)
    return any(not service.deleted for service in known)


def watch_alerts(
    tx: Transaction, event: Event, incident: Incident, rules: Confirmation, now: datetime
) -> list[Incoming]:
    """What follows: a second alert makes it a major incident at once; a single one has to keep firing."""
    if not isinstance(event.data, _OF_CONFIRMATION):
        return []
    awaits = awaits_confirmation(rules, incident)
    if not (awaits and says_what_failed(incident, tx.services(list(incident.services)))):
        # An alert that clears says nothing of people who still wait.
        if not incident.is_surging:
            tx.end_confirmation(incident.id)
    elif is_confirmed(rules, incident):
        return [confirmed(incident, "second_signal", now)]
    elif rules.hold_down is not None:
        tx.await_confirmation(incident.id, now + rules.hold_down)
    return []
