"""Which ticket does an address name? By id, or by number."""

from __future__ import annotations

from fastapi import Request

from pipeline.domain.errors import UnknownIncident
from pipeline.domain.incident import Incident

from ..auth.visitors import heliograph_of


def incident_named(request: Request, name: str) -> Incident:
    """Raises UnknownIncident."""
    found = heliograph_of(request).queries.incident(name)
    if found is None:
        raise UnknownIncident(f"no ticket {name[:100]}")
    return found
