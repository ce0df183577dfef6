"""Who belongs to an audience of a ticket, and what may they know?

One file for all audiences: a rule names one of these, and anything else is refused at activation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..domain.facts import Audience, Level
from ..domain.incident import Incident
from ..domain.keys import ticket_scope


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Ids for the directory to look up."""

    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Membership:
    """How an audience is found, and the narrowest facts that it may know."""

    clearance: Level
    members: Callable[[Incident], Wanted]


def _requester(incident: Incident) -> Wanted:
    return Wanted(people=(incident.requester.value.id,)) if incident.requester else Wanted()


def _technician(incident: Incident) -> Wanted:
    return Wanted(people=(incident.assignee.value.id,)) if incident.assignee else Wanted()


def _group(incident: Incident) -> Wanted:
    return Wanted(groups=(incident.group.value,)) if incident.group else Wanted()


ROLES: Mapping[str, Membership] = {
    "requester": Membership(clearance=Level.AFFECTED, members=_requester),
    "technician": Membership(clearance=Level.INTERNAL, members=_technician),
    "group": Membership(clearance=Level.INTERNAL, members=_group),
}


def members_of(audience: str, incident: Incident) -> Wanted:
    """Who they are at this moment. Nobody, for an audience that is not known (law 12)."""
    membership = ROLES.get(audience)
    return membership.members(incident) if membership else Wanted()


def audience_of(audience: str, incident: Incident) -> Audience:
    """What they may know: their clearance, in the circle of this one ticket."""
    membership = ROLES.get(audience)
    clearance = membership.clearance if membership else Level.PUBLIC
    return Audience(
        role=audience, clearance=clearance, scopes=frozenset({ticket_scope(incident.id)})
    )
