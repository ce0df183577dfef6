"""When is the next update due, by severity and phase? Measured from the last one that was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from ..domain.incident import Incident
from ..domain.lattices import Phase

LEAD = timedelta(minutes=1)
"""An update begins to leave this long before its time, so that it is there when it was promised."""
WARN_AT = 0.8
"""The part of a promise's time after which whoever is in charge is reminded."""
Cadence = Mapping[str, Mapping[Phase, timedelta]]


def next_update(
    cadence: Cadence, incident: Incident, since: datetime, now: datetime
) -> datetime | None:
    """None when nobody waits for news, or the rules give this severity no cadence. A clock that began
    to run too long ago is set anew: the time lies ahead."""
    major = incident.major
    if major is None or not major.is_open:
        return None
    wait = cadence.get(major.severity.value, {}).get(major.phase.value)
    if wait is None:
        return None
    return since + wait if since + wait > now + LEAD else now + wait


def leaves_at(promised_at: datetime, now: datetime) -> datetime:
    """When the update that was promised is to be drafted; a short wait is not used up by the lead."""
    return promised_at - min(LEAD, (promised_at - now) / 2)


def warns_at(promised_at: datetime, made_at: datetime) -> datetime:
    return made_at + (promised_at - made_at) * WARN_AT
