"""Who belongs to an audience of a ticket, and what may they know?

One file for all audiences: a rule names one of these, and anything else is refused at activation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..domain.directory import LANGUAGES, Language, Service
from ..domain.facts import Audience, Level
from ..domain.incident import Incident
from ..domain.keys import major_scope, ticket_scope

LEADERS, FRONT_LINE, INCIDENT_MANAGERS = "leaders", "front-line", "incident-managers"
"""Groups of the directory that have a part in every major incident."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Ids for the directory to look up, and public pages, of which there is one in each language."""

    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    pages: tuple[Language, ...] = ()
    subscribers: bool = False
    """Whoever asked to be told what the pages are told."""


@dataclass(frozen=True, kw_only=True)
class Membership:
    """How an audience is found, and the narrowest facts that it may know: those of the one ticket,
    those of the major incident, or both."""

    clearance: Level
    members: Callable[[Incident, Service | None], Wanted]
    of_ticket: bool = True
    of_major: bool = False


def _requester(incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(people=(incident.requester.value.id,)) if incident.requester else Wanted()


def _technician(incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(people=(incident.assignee.value.id,)) if incident.assignee else Wanted()


def _group(incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(groups=(incident.group.value,)) if incident.group else Wanted()


def _affected(_incident: Incident, service: Service | None) -> Wanted:
    """Those who use the service, as its register says."""
    return Wanted(groups=service.users) if service else Wanted()


def _public(_incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(pages=LANGUAGES, subscribers=True)


def _leaders(_incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(groups=(LEADERS,))


def _front_line(_incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(groups=(FRONT_LINE,))


def _owner(incident: Incident, _service: Service | None) -> Wanted:
    """Whoever has to act: the team that has it, else those who manage incidents."""
    major = incident.major
    team = (major.accepted or major.called) if major else None
    if team is not None:
        return Wanted(groups=(team.value,))
    if incident.assignee and major is None:
        return Wanted(people=(incident.assignee.value.id,))
    return Wanted(groups=(incident.group.value if incident.group else INCIDENT_MANAGERS,))


ROLES: Mapping[str, Membership] = {
    "requester": Membership(clearance=Level.AFFECTED, members=_requester),
    # Whoever works on the ticket works on the major incident that it became.
    "technician": Membership(clearance=Level.INTERNAL, members=_technician, of_major=True),
    "group": Membership(clearance=Level.INTERNAL, members=_group, of_major=True),
    "owner": Membership(clearance=Level.INTERNAL, members=_owner, of_major=True),
    "affected": Membership(
        clearance=Level.AFFECTED, members=_affected, of_ticket=False, of_major=True
    ),
    "public": Membership(clearance=Level.PUBLIC, members=_public, of_ticket=False, of_major=True),
    "leaders": Membership(
        clearance=Level.INTERNAL, members=_leaders, of_ticket=False, of_major=True
    ),
    "front_line": Membership(
        clearance=Level.AFFECTED, members=_front_line, of_ticket=False, of_major=True
    ),
}


def members_of(audience: str, incident: Incident, service: Service | None) -> Wanted:
    """Who they are at this moment. Nobody, for an audience that is not known (law 12)."""
    membership = ROLES.get(audience)
    return membership.members(incident, service) if membership else Wanted()


def audience_of(audience: str, incident: Incident) -> Audience:
    """What they may know: their clearance, in their circles."""
    membership = ROLES.get(audience)
    if membership is None:
        return Audience(role=audience, clearance=Level.PUBLIC)
    circles = []
    if membership.of_ticket:
        circles.append(ticket_scope(incident.id))
    if membership.of_major:
        circles.append(major_scope(incident.id))
    return Audience(role=audience, clearance=membership.clearance, scopes=frozenset(circles))
