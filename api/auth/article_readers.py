"""Which articles may this caller read? A token's scope says so, or the person who is signed in."""

from __future__ import annotations

from fastapi import Request

from pipeline.domain.directory import Person, Role
from pipeline.domain.errors import NotAllowed, UnknownThing
from pipeline.domain.incident import Incident
from pipeline.policy.readers import STAFF, labels_for_work, labels_of

from .callers import Caller
from .visitors import heliograph_of

Labels = frozenset[str] | None
"""None is an editor, who may read everything."""


def labels_of_caller(caller: Caller) -> Labels:
    """A token reads for work, and with `admin` as an editor; a person reads what the directory says."""
    if caller.person is None:
        return None if "admin" in caller.scopes else labels_for_work(())
    role = caller.person.role
    if role is not None and role.includes(Role.INCIDENT_MANAGER):
        return None
    return labels_of(caller.person)


def labels_for(request: Request, caller: Caller, person_id: str | None) -> Labels:
    """What `person_id` may read, or the caller when nobody is named. Raises NotAllowed for a caller who
    does not work on tickets and asks for somebody else, UnknownThing for nobody."""
    own = labels_of_caller(caller)
    if person_id is None:
        return own
    if own is not None and STAFF not in own and person_id != caller.name:
        raise NotAllowed("only those who work on tickets may search for somebody else", field="for")
    return labels_of(_person(request, person_id))


def labels_on(request: Request, caller: Caller, incident: Incident) -> Labels:
    """Whoever works on a ticket may read what its requester may, too."""
    own = labels_of_caller(caller)
    if own is None or STAFF not in own or incident.requester is None:
        return own
    requester = heliograph_of(request).queries.person(incident.requester.value.id)
    return own | labels_for_work(labels_of(requester))


def _person(request: Request, person_id: str) -> Person:
    found = heliograph_of(request).queries.person(person_id)
    if found is None:
        raise UnknownThing(f"the directory knows nobody called {person_id[:100]}", field="for")
    return found
