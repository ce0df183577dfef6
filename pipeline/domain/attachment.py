"""Which major incident does a ticket belong to, after one more event? The newer word stands."""

from __future__ import annotations

from .events import Event
from .incident import Incident
from .portal_events import Attached, Detached
from .recorded import newer, precedes, recorded


def attached_after(incident: Incident, event: Event) -> dict[str, object]:
    """The change that the event makes; empty for a late word."""
    match event.data:
        case Attached() as data:
            return {"attached": newer(incident.attached, event, data), "detached_from": None}
        case Detached() if not precedes(event, incident.attached):
            before = recorded(event, incident.attached.value.number) if incident.attached else None
            return {"attached": None, "detached_from": before or incident.detached_from}
        case _:
            return {}
