"""What is done here becomes an event like any other: of the ticket's own source, with an id of ours."""

from __future__ import annotations

from datetime import datetime

from ..domain.cloudevents import Incoming
from ..domain.events import content_hash, split_personal
from ..domain.incident import Incident
from ..domain.major_events import Declared
from ..domain.own_names import OWN
from ..domain.payload import Payload
from ..domain.plausible import LONGEST_UNNOTICED
from ..domain.times import to_text


def own_event(incident: Incident, data: Payload, act: str, now: datetime) -> Incoming:
    """`act` names it within its ticket. One per version: the second click of a double click, and the
    second of two people, meets the version that has changed, not a new event."""
    kept, personal = split_personal(data)
    said = content_hash(data.type, incident.number, to_text(now), {**kept, **personal})
    return Incoming(
        source=incident.source,
        source_id=f"{OWN}{act}:{incident.id}:{incident.version}",
        type=data.type,
        number=incident.number,
        occurred_at=max(now, incident.state.at),
        data=data,
        content_hash=said,
        expected_version=incident.version,
    )


def confirmed(incident: Incident, basis: str, now: datetime) -> Incoming:
    """The alerts of a ticket, or so many tickets, are a major incident: what they recorded, and nothing more."""
    began = min((signal.began for signal in incident.firing), default=None)
    # An alert may fire for months before a second one makes it a failure: that it began then is a guess.
    since = began if began and now - began < LONGEST_UNNOTICED else None
    data = Declared.model_validate(
        {
            "severity": incident.severity,
            "impact": incident.impact,
            "service": next(iter(incident.services), None),
            "started_at": since,
            "basis": basis,
        }
    )
    return own_event(incident, data, "declare", now)
