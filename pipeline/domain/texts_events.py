"""What a person may say of a ticket so that the right texts and releases fit it, as CloudEvents."""

from __future__ import annotations

from typing import Any, ClassVar

from .incident_types import IncidentType
from .payload import ByPerson, Payload


class Classified(ByPerson):
    """What sort of incident it is; the newest word counts, before that of the service's entry."""

    type = "heliograph.ticket.classified.v1"
    summary = "The type of incident was set."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"incident_type": "security", "by": {"id": "chen.li"}}

    incident_type: IncidentType


PAYLOADS: tuple[type[Payload], ...] = (Classified,)
