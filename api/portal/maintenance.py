"""What may everybody know of planned maintenance? What was delivered to the public page of it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language
from pipeline.domain.incident import Incident
from pipeline.domain.message import Outbound

from .entries import entries_of

MOST = 50


@dataclass(frozen=True, kw_only=True)
class PublishedPlan:
    """Planned maintenance as its page shows it, in one language: its newest entry first."""

    number: str
    standing: str
    title: str
    entries: list[tuple[datetime, Outbound]]


def published(app: Heliograph, incident: Incident, language: Language) -> PublishedPlan | None:
    """None for any other ticket, and as long as nothing stands on its page."""
    if incident.maintenance is None:
        return None
    entries = entries_of(app, incident, language)
    if not entries:
        return None
    return PublishedPlan(
        number=incident.number,
        standing=incident.maintenance.standing,
        title=entries[0][1].subject,
        entries=entries,
    )


def ahead(app: Heliograph, language: Language) -> list[PublishedPlan]:
    """What is planned or under way, by its beginning."""
    found = app.monitoring.queries.maintenance(app.clock.now(), MOST)
    shown = (published(app, incident, language) for incident in found)
    return [one for one in shown if one is not None]


def numbered(app: Heliograph, number: str, language: Language) -> PublishedPlan | None:
    """The one that people know by this number."""
    incident = app.queries.incident(number)
    if incident is None or incident.number != number:
        return None
    return published(app, incident, language)
