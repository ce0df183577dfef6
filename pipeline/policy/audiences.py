"""Who belongs to an audience of a ticket, and what may they know?

One file for all audiences: a rule names one of these, and anything else is refused at activation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..domain.directory import LANGUAGES, Group, Language, Service
from ..domain.facts import Audience, Level
from ..domain.incident import Incident
from ..domain.keys import approval_scope, customer_place, major_scope, site_place, ticket_scope

LEADERS, FRONT_LINE, INCIDENT_MANAGERS = "leaders", "front-line", "incident-managers"
PROBLEM_MANAGERS = "problem-managers"
"""Groups of the directory that have a part in every major incident."""
RELEASERS = "releasers"
"""Whoever is asked to release one text: its request names the group."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Ids for the directory to look up, and public pages, of which there is one in each language. `managers_of`
    is a group whose managers are meant, and those of `groups` only where it has none."""

    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    managers_of: str | None = None
    places: tuple[str, ...] = ()
    """Sites and customers (see `domain.keys`): everybody there."""
    pages: tuple[Language, ...] = ()
    subscribers: bool = False
    """Whoever asked to be told what the pages are told."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Group → the one that is told in its place where the directory has no such group."""

    def with_managers(self, groups: Mapping[str, Group]) -> Wanted:
        """The managers as people, now that the group is known."""
        group = groups.get(self.managers_of) if self.managers_of else None
        if group is not None and group.managers:
            return Wanted(people=group.managers)
        if not self.instead:
            return self
        there = (name if name in groups else self.instead.get(name, name) for name in self.groups)
        return replace(self, groups=tuple(dict.fromkeys(there)))


@dataclass(frozen=True, kw_only=True)
class Membership:
    """How an audience is found, and the narrowest facts that it may know: those of the one ticket,
    those of the major incident, or both; and what only those who are asked for an approval may know."""

    clearance: Level
    members: Callable[[Incident, Service | None], Wanted]
    of_ticket: bool = True
    of_major: bool = False
    of_approvals: bool = False


def _requester(incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(people=(incident.requester.value.id,)) if incident.requester else Wanted()


def _technician(incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(people=(incident.assignee.value.id,)) if incident.assignee else Wanted()


def _group(incident: Incident, _service: Service | None) -> Wanted:
    return Wanted(groups=(incident.group.value,)) if incident.group else Wanted()


def _approvers(incident: Incident, _service: Service | None) -> Wanted:
    """Whoever is asked to agree and has not answered; a message names one of them (`Communication.to`)."""
    waiting = (place for approval in incident.approvals for _, place in approval.waiting)
    return Wanted(people=tuple(dict.fromkeys(place.holder.id for place in waiting)))


def _managers(incident: Incident, _service: Service | None) -> Wanted:
    """Those who manage the group that has it, else those who manage incidents."""
    group = incident.group.value if incident.group else None
    return Wanted(managers_of=group, groups=(INCIDENT_MANAGERS,))


def _affected(_incident: Incident, service: Service | None) -> Wanted:
    return users_in(service) if service else Wanted()


def users_in(service: Service) -> Wanted:
    """Those who use it, as the register says."""
    sites = [site_place(site) for site in service.user_sites]
    customers = [customer_place(customer) for customer in service.user_customers]
    return Wanted(groups=service.users, places=(*sites, *customers))


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
    if incident.is_surging:
        # Of several tickets no team has all: whoever has this one answers for none of the others.
        group = incident.group.value if incident.group else INCIDENT_MANAGERS
        return Wanted(groups=(INCIDENT_MANAGERS,), instead={INCIDENT_MANAGERS: group})
    if incident.assignee and major is None:
        return Wanted(people=(incident.assignee.value.id,))
    return Wanted(groups=(incident.group.value if incident.group else INCIDENT_MANAGERS,))


def _problem_managers(_incident: Incident, service: Service | None) -> Wanted:
    """Those who decide about problems, and who answers for the service: each hears once."""
    return Wanted(
        people=service.owners if service else (),
        groups=(PROBLEM_MANAGERS, *(service.owner_groups if service else ())),
        instead={PROBLEM_MANAGERS: INCIDENT_MANAGERS},
    )


def _releasers(_incident: Incident, _service: Service | None) -> Wanted:
    """Those who are asked when the request itself names no group."""
    return Wanted(groups=(INCIDENT_MANAGERS,))


def _in_charge(incident: Incident, _service: Service | None) -> Wanted:
    """Who works on it, and their group; where nobody has it, those who manage incidents."""
    people = (incident.assignee.value.id,) if incident.assignee else ()
    groups = (incident.group.value,) if incident.group else ()
    return Wanted(people=people, groups=groups if people or groups else (INCIDENT_MANAGERS,))


ROLES: Mapping[str, Membership] = {
    "requester": Membership(clearance=Level.AFFECTED, members=_requester),
    # Whoever works on the ticket works on the major incident that it became.
    "technician": Membership(
        clearance=Level.INTERNAL, members=_technician, of_major=True, of_approvals=True
    ),
    "group": Membership(clearance=Level.INTERNAL, members=_group, of_major=True, of_approvals=True),
    "approver": Membership(clearance=Level.AFFECTED, members=_approvers, of_approvals=True),
    "managers": Membership(clearance=Level.INTERNAL, members=_managers, of_major=True),
    "problem_managers": Membership(
        clearance=Level.INTERNAL, members=_problem_managers, of_major=True
    ),
    "owner": Membership(clearance=Level.INTERNAL, members=_owner, of_major=True),
    # For the deadlines of a ticket: who works on it with their group.
    "in_charge": Membership(clearance=Level.INTERNAL, members=_in_charge, of_major=True),
    "affected": Membership(
        clearance=Level.AFFECTED, members=_affected, of_ticket=False, of_major=True
    ),
    "public": Membership(clearance=Level.PUBLIC, members=_public, of_ticket=False, of_major=True),
    "leaders": Membership(
        clearance=Level.INTERNAL, members=_leaders, of_ticket=False, of_major=True
    ),
    RELEASERS: Membership(clearance=Level.INTERNAL, members=_releasers, of_major=True),
    "front_line": Membership(
        clearance=Level.AFFECTED, members=_front_line, of_ticket=False, of_major=True
    ),
}


def audience(value: object) -> str:
    """Itself. Raises ValueError for what is none."""
    if value not in ROLES:
        raise ValueError(f"is not an audience; known: {', '.join(ROLES)}")
    return str(value)


def members_of(audience: str, incident: Incident, service: Service | None) -> Wanted:
    """Who they are at this moment. Nobody, for an audience that is not known (law 12)."""
    membership = ROLES.get(audience)
    return membership.members(incident, service) if membership else Wanted()


def together(found: Iterable[Wanted]) -> Wanted:
    """All of them, each once: users of one service may use another one too."""
    all_ = list(found)
    return Wanted(
        people=tuple(dict.fromkeys(name for one in all_ for name in one.people)),
        groups=tuple(dict.fromkeys(name for one in all_ for name in one.groups)),
        managers_of=next((one.managers_of for one in all_ if one.managers_of), None),
        places=tuple(dict.fromkeys(name for one in all_ for name in one.places)),
        pages=tuple(dict.fromkeys(name for one in all_ for name in one.pages)),
        subscribers=any(one.subscribers for one in all_),
        instead={name: other for one in all_ for name, other in one.instead.items()},
    )


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
    if membership.of_approvals:
        circles.append(approval_scope(incident.id))
    return Audience(role=audience, clearance=membership.clearance, scopes=frozenset(circles))
