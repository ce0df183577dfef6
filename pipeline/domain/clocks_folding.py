"""What do events about deadlines make of a ticket? The newest word on each counts."""

from __future__ import annotations

from .clocks_events import DueSet, PriorityChanged
from .events import Event
from .incident import Incident
from .recorded import newer


def clock_changes(incident: Incident, event: Event) -> dict[str, object]:
    match event.data:
        case PriorityChanged(priority=priority):
            return {"priority": newer(incident.priority, event, str(priority))}
        case DueSet(respond_by=respond_by, resolve_by=resolve_by):
            return {
                "respond_by": newer(incident.respond_by, event, respond_by),
                "resolve_by": newer(incident.resolve_by, event, resolve_by),
            }
        case _:
            return {}
