"""Who belongs to the audience of each communication? With everybody at a site or of a customer, and, where a
rule says so, with those who use what depends on the service that failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..domain.communication import Communication
from ..domain.directory import Service
from ..domain.incident import Incident
from ..policy.audiences import Wanted, members_of, together
from ..ports import Transaction
from .on_call.resolving import wanted_of


def wanted_by(
    tx: Transaction,
    claimed: Sequence[Communication],
    known: Mapping[str, Incident],
    services: Mapping[str, Service],
) -> dict[str, Wanted]:
    """By communication; one whose incident is not known is left out."""
    mine = [c for c in claimed if c.incident in known]
    widened = [name for c in mine if c.dependents for name in known[c.incident].services]
    hanging = {name: dependents_of(tx, name) for name in dict.fromkeys(widened)}
    found = {c.id: _wanted(c, known[c.incident], services, hanging) for c in mine}
    return _with_people(tx, found)


def _wanted(
    c: Communication,
    incident: Incident,
    services: Mapping[str, Service],
    hanging: Mapping[str, Sequence[Service]],
) -> Wanted:
    """The one person, the group, or those on call, that it names; else its audience."""
    if c.to is not None:
        return Wanted(people=(c.to,))
    if (on_call := wanted_of(c.on_call)) is not None:
        return on_call
    if c.held is not None:
        return Wanted(groups=(c.held.group,))
    used = [services.get(name) for name in incident.services] or [None]
    if c.dependents:
        used += [one for name in incident.services for one in hanging.get(name, ())]
    return together(members_of(c.audience, incident, service) for service in used)


def dependents_of(tx: Transaction, service_id: str) -> tuple[Service, ...]:
    """Services that depend on it, directly or through others, without those that were deleted. A circle
    ends where it begins."""
    found: dict[str, Service] = {}
    ahead = [service_id]
    while ahead:
        needing = {name for names in tx.services_needing(ahead).values() for name in names}
        level = tx.services(sorted(needing - found.keys() - {service_id}))
        there = {name: service for name, service in level.items() if not service.deleted}
        found |= there
        ahead = list(there)
    return tuple(found.values())


def _with_people(tx: Transaction, found: dict[str, Wanted]) -> dict[str, Wanted]:
    """Places become the people who are there."""
    places = list(dict.fromkeys(place for one in found.values() for place in one.places))
    there = tx.people_at(places) if places else {}
    return {name: _at_places(one, there) for name, one in found.items()}


def _at_places(one: Wanted, there: Mapping[str, tuple[str, ...]]) -> Wanted:
    people = (*one.people, *(person for place in one.places for person in there.get(place, ())))
    return replace(one, people=tuple(dict.fromkeys(people)))
