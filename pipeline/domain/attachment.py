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
            kept = tuple(name for name in incident.kept_from if name != data.incident)
            attached = newer(incident.attached, event, data)
            return {"attached": attached, "detached_from": None, "kept_from": kept}
        case Detached() as data if not precedes(event, incident.attached):
            before = recorded(event, incident.attached.value.number) if incident.attached else None
            return {
                "attached": None,
                "detached_from": before or incident.detached_from,
                "kept_from": _kept_from(incident, data),
            }
        case _:
            return {}


def _kept_from(incident: Incident, data: Detached) -> tuple[str, ...]:
    """What a person took away from a failure joins it no more by itself."""
    if data.by is None or incident.attached is None:
        return incident.kept_from
    return (*incident.kept_from, incident.attached.value.incident)
