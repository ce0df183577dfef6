"""Which type of incident is this? A person's word first, else what the service is in the directory."""

from __future__ import annotations

from collections.abc import Mapping

from .directory import Service
from .incident import Incident
from .incident_types import IncidentType


def type_of(incident: Incident, services: Mapping[str, Service]) -> IncidentType | None:
    """None where nobody said so and the service has no category: then no text speaks of a type."""
    if incident.classified is not None:
        return incident.classified.value
    service = services.get(incident.service.value) if incident.service else None
    return service.category if service else None


def is_secret(incident: Incident, services: Mapping[str, Service]) -> bool:
    """A security incident: only those hear of it who need to know (N12)."""
    return type_of(incident, services) is IncidentType.SECURITY
