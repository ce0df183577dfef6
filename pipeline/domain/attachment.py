"""Which major incident does a ticket belong to, after one more event? The newer word stands."""

from __future__ import annotations

from .events import Event
from .incident import Incident
from .portal_events import Attached, Detached
from .recorded import Recorded, precedes, recorded


def attached_after(incident: Incident, event: Event) -> dict[str, object]:
    """The change that the event makes; empty for a late word."""
    match event.data:
        case Attached() as data if not precedes(event, incident.attached):
            former = _former(incident, event)
            again = former is not None and former.value == data.number
            return {
                "attached": recorded(event, data),
                "detached_from": None if again else former,
                "false_alarm_at": None,
                "kept_from": tuple(n for n in incident.kept_from if n != data.incident),
            }
        case Detached() as data if not precedes(event, incident.attached):
            at = event.occurred_at if data.because == "false_alarm" else None
            return {
                "attached": None,
                "detached_from": _former(incident, event),
                "false_alarm_at": at,
                "kept_from": _kept_from(incident, data),
            }
        case _:
            return {}


def _former(incident: Incident, event: Event) -> Recorded[str] | None:
    """The number of the one that it belonged to, before this event or an earlier one."""
    if incident.attached is None:
        return incident.detached_from
    return recorded(event, incident.attached.value.number)


def _kept_from(incident: Incident, data: Detached) -> tuple[str, ...]:
    """What a person took away from a failure joins it no more by itself."""
    if data.by is None or incident.attached is None:
        return incident.kept_from
    return (*incident.kept_from, incident.attached.value.incident)
