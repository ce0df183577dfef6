"""What became of an event: it was recorded, it had been before, or it contradicts what was."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.cloudevents import Incoming
from ..domain.errors import ContentDiffers, StaleVersion
from ..domain.events import Event
from ..domain.incident import Incident
from ..ports import Seen


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What became of one event. A duplicate carries the ids that it was given the first time."""

    event_id: str
    incident_id: str
    number: str
    version: int
    duplicate: bool = False


def accepted_as(event: Event) -> Accepted:
    return Accepted(
        event_id=event.id,
        incident_id=event.incident_id,
        number=event.number,
        version=event.version,
    )


def seen_as(event: Event, content_hash: str) -> Seen:
    return Seen(
        source_id=event.source_id,
        content_hash=content_hash,
        event_id=event.id,
        incident_id=event.incident_id,
        number=event.number,
        version=event.version,
    )


def repeated(item: Incoming, seen: Seen) -> Accepted:
    if seen.content_hash != item.content_hash:
        raise ContentDiffers(
            f"{item.source} already sent the id {item.source_id} with another content; "
            "use a new id for a new event",
            field="id",
        )
    return Accepted(
        event_id=seen.event_id,
        incident_id=seen.incident_id,
        number=seen.number,
        version=seen.version,
        duplicate=True,
    )


def check_version(item: Incoming, before: Incident | None) -> None:
    current = before.version if before else 0
    if item.expected_version is not None and item.expected_version != current:
        raise StaleVersion(
            f"the ticket is at version {current}, not {item.expected_version}; read it again",
            field="expectedversion",
        )
