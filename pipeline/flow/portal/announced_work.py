"""Which planned maintenance may everybody know of? What was delivered to the public page, at the times it told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ...domain.directory import Language
from ...domain.incident import Incident
from ...domain.maintenance import Maintenance
from ...domain.times import from_text

MOST = 100
"""Plans of one look."""
FROM, UNTIL = "maintenance_from", "maintenance_until"


@dataclass(frozen=True, kw_only=True)
class AnnouncedWork:
    """Planned maintenance that was announced and is not over; `titles` are those of its newest texts."""

    number: str
    services: frozenset[str]
    starts_at: datetime
    ends_at: datetime
    titles: Mapping[Language, str]

    def is_under_way(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


def announced_work(
    incident: Incident, told: Mapping[str, str], titles: Mapping[Language, str]
) -> AnnouncedWork | None:
    """None for what is no plan, or none any more. A time that was moved and has not been told yet stays the
    one that readers know."""
    plan = incident.maintenance
    if plan is None or plan.standing != "planned" or not titles:
        return None
    starts_at, ends_at = _times(plan, told)
    return AnnouncedWork(
        number=incident.number,
        services=frozenset(plan.services.value),
        starts_at=starts_at,
        ends_at=ends_at,
        titles=titles,
    )


def _times(plan: Maintenance, told: Mapping[str, str]) -> tuple[datetime, datetime]:
    starts_at, ends_at = told.get(FROM), told.get(UNTIL)
    return (
        from_text(starts_at) if starts_at else plan.starts_at.value,
        from_text(ends_at) if ends_at else plan.ends_at.value,
    )


def under_way(works: Collection[AnnouncedWork], service: str, now: datetime) -> bool:
    return any(service in work.services and work.is_under_way(now) for work in works)
