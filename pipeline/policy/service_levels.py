"""By when will somebody be in touch? Promised by us only where the ticket is ours.

Beside an outside desk the desk's own clock counts, and its `respond_by` is the only word on it.
"""

from __future__ import annotations

from ..domain.incident import Incident
from ..domain.times import Instant
from .rules import RulePack


def first_contact_by(pack: RulePack, incident: Incident) -> Instant | None:
    """The recorded time, else the report's time and the limit of its priority, else None."""
    if incident.respond_by is not None:
        return incident.respond_by.value
    if incident.owner == "desk" or incident.priority is None:
        return None
    within = pack.response_within.get(incident.priority.value)
    return incident.opened_at + within if within else None
