"""When is the next update due, by severity and phase? Measured from the last one that was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zlib import crc32

from ..domain.incident import Incident
from ..domain.lattices import Phase

LEAD = timedelta(minutes=1)
"""An update begins to leave this long before its time, so that it is there when it was promised."""
STAGGER = timedelta(seconds=45)
"""Updates promised for one minute leave over this long."""
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


def leaves_at(promised_at: datetime, now: datetime, incident_id: str) -> datetime:
    """When the update that was promised is to be drafted. Times are told in steps of five minutes, so
    many incidents promise the same one: each leaves at a moment of its own before it. A short wait is
    not used up by the lead."""
    share = crc32(incident_id.encode()) / 2**32
    return promised_at - min(LEAD + share * STAGGER, (promised_at - now) / 2)


def warns_at(promised_at: datetime, made_at: datetime) -> datetime:
    return made_at + (promised_at - made_at) * WARN_AT
