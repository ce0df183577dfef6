"""Do so many people report one service within so short a time that it is asked whether it is one failure?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from ..domain.incident import Incident
from ..domain.incident_types import IncidentType
from ..domain.payload import ERASED
from ..domain.sighting import Sighting
from .confirmation import Confirmation, TicketRule, as_filed

LATEST = timedelta(hours=1)
"""A surge that we hear of later than this after its last ticket is history: whoever brings old tickets in asks nothing."""


def is_filed_as_request(ticket: Incident, rules: Confirmation) -> bool:
    return as_filed(ticket.category or "") in rules.requests


def says_of_failure(ticket: Incident, rules: Confirmation) -> bool:
    """Somebody reported it, it is open and belongs to no major incident; and, as far as the record tells, it is
    neither planned work, nor asks for something that others agree to, nor is filed as a request."""
    other_matter = (
        ticket.maintenance is not None
        or bool(ticket.approvals)
        or is_filed_as_request(ticket, rules)
        or (ticket.classified and ticket.classified.value) is IncidentType.PLANNED_WORK
    )
    free = ticket.major is None and ticket.attached is None
    return bool(ticket.requester and free and not other_matter and not ticket.state.value.is_over)


def surge_of(rule: TicketRule, sightings: Sequence[Sighting], now: datetime) -> list[Sighting]:
    """The first ticket of each person, the oldest first, of the earliest stretch in which there are enough that were
    not asked about; empty where there is none. Both ends of the stretch belong to it."""
    fresh = sorted(
        (s for s in sightings if s.surge is None and s.requester is not None),
        key=lambda s: (s.seen_at, s.ticket),
    )
    for first in fresh:
        people: dict[str, Sighting] = {}
        for one in fresh:
            if one.requester and first.seen_at <= one.seen_at <= first.seen_at + rule.within:
                people.setdefault(one.requester, one)
        found = list(people.values())
        if len(found) >= rule.count and found[-1].seen_at >= now - LATEST:
            return found
    return []


def may_carry(ticket: Incident) -> bool:
    """The question may be asked on it: none is yet, and its title is still there to tell what it is about."""
    return not ticket.is_surging and ERASED not in ticket.title.value


def joins(rule: TicketRule, one: Sighting, asked: Sequence[Sighting]) -> bool:
    """It came so soon after a ticket of which it was asked already that it belongs to the same question."""
    return any(abs(one.seen_at - other.seen_at) <= rule.within for other in asked)


def still_surging(
    rules: Confirmation,
    incident: Incident,
    asked: Sequence[Sighting],
    tickets: Mapping[str, Incident],
) -> bool:
    """After the hold-down as many people as it takes still wait: those whose open tickets it was asked about."""
    rule = rules.tickets_of(incident.surge.value.service) if incident.surge else None
    if rule is None or rule.hold_down is None or not incident.is_surging:
        return False
    waiting = {
        one.requester
        for one in asked
        if one.ticket in tickets and says_of_failure(tickets[one.ticket], rules)
    }
    return len(waiting) >= rule.count
