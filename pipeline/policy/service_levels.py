"""Within which time must a ticket be answered and solved? The most specific of the policies that fit it.

Beside an outside desk the desk's own clock counts: `respond_by` and `resolve_by` of its events are the only
word on it, and a policy adds who is warned of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from ..domain.incident import Incident
from ..domain.lattices import WaitingFor
from ..domain.recorded import Recorded
from ..domain.service_clock import What
from ..domain.times import Instant
from .calendars import Calendar, add_working_time

if TYPE_CHECKING:
    from .rules import RulePack

PAUSES = frozenset({WaitingFor.REQUESTER, WaitingFor.OTHER})
"""Waits that stop a clock where the rules say nothing else: for the requester, and on hold."""


@dataclass(frozen=True, kw_only=True)
class StageRule:
    """Somebody is told when `share` of the limit is used up, or `after` the breach."""

    name: str
    share: float | None = None
    after: timedelta = timedelta()
    tell: tuple[str, ...]

    def amount(self, limit: timedelta) -> timedelta:
        """How much has passed by then."""
        return limit * self.share if self.share is not None else limit + self.after


@dataclass(frozen=True, kw_only=True)
class ServiceLevel:
    """One line of a policy. None for customers, services or the priority: whatever the ticket has."""

    id: str
    customers: frozenset[str] | None = None
    services: frozenset[str] | None = None
    priority: str | None = None
    calendar: Calendar
    response: timedelta | None = None
    resolution: timedelta | None = None
    response_is: Literal["assignment", "contact"] = "assignment"
    pauses: frozenset[WaitingFor] = PAUSES
    stages: tuple[StageRule, ...] = ()
    where: str = ""

    @property
    def rank(self) -> int:
        """How specific it is: a customer goes before a service, a service before a priority."""
        return 4 * bool(self.customers) + 2 * bool(self.services) + bool(self.priority)

    def fits(self, incident: Incident) -> bool:
        service = incident.service.value if incident.service else None
        priority = incident.priority.value if incident.priority else None
        return (
            (self.customers is None or incident.customer in self.customers)
            and (self.services is None or service in self.services)
            and (self.priority is None or priority == self.priority)
        )

    def ties_with(self, other: ServiceLevel) -> bool:
        """A ticket could fit both, and neither is more specific."""
        return (
            self.rank == other.rank
            and self.priority == other.priority
            and _meet(self.customers, other.customers)
            and _meet(self.services, other.services)
        )

    def limit(self, what: What) -> timedelta | None:
        return self.response if what is What.RESPONSE else self.resolution


def _meet(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is other is None or (one is not None and other is not None and bool(one & other))


def level_for(levels: Sequence[ServiceLevel], incident: Incident) -> ServiceLevel | None:
    """The most specific that fits; a tie was refused when the rules were loaded."""
    return max((x for x in levels if x.fits(incident)), key=lambda x: x.rank, default=None)


def due_at_desk(incident: Incident, what: What) -> Recorded[Instant] | None:
    """What the desk, or whoever reported it, said about this deadline."""
    return incident.respond_by if what is What.RESPONSE else incident.resolve_by


def first_contact_by(pack: RulePack, incident: Incident) -> Instant | None:
    """The recorded time, else the report's time and the limit of its policy, else None."""
    if incident.respond_by is not None:
        return incident.respond_by.value
    if incident.owner == "desk":
        return None
    level = level_for(pack.service_levels, incident)
    if level is None or level.response is None:
        return None
    return add_working_time(level.calendar, incident.opened_at, level.response)
