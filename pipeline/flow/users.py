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


def wanted_by(
    tx: Transaction,
    claimed: Sequence[Communication],
    known: Mapping[str, Incident],
    services: Mapping[str, Service],
) -> dict[str, Wanted]:
    """By communication; one whose incident is not known is left out."""
    mine = [c for c in claimed if c.incident in known]
    hanging = {
        name: dependents_of(tx, name)
        for name in dict.fromkeys(_service(known[c.incident]) for c in mine if c.dependents)
        if name
    }
    found = {}
    for c in mine:
        incident = known[c.incident]
        name = _service(incident)
        others = hanging.get(name, ()) if c.dependents else ()
        used = [services.get(name), *others]
        found[c.id] = together(members_of(c.audience, incident, service) for service in used)
    return _with_people(tx, found)


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


def _service(incident: Incident) -> str:
    return incident.service.value if incident.service else ""


def _with_people(tx: Transaction, found: dict[str, Wanted]) -> dict[str, Wanted]:
    """Places become the people who are there."""
    places = list(dict.fromkeys(place for one in found.values() for place in one.places))
    there = tx.people_at(places) if places else {}
    return {name: _at_places(one, there) for name, one in found.items()}


def _at_places(one: Wanted, there: Mapping[str, tuple[str, ...]]) -> Wanted:
    people = (*one.people, *(person for place in one.places for person in there.get(place, ())))
    return replace(one, people=tuple(dict.fromkeys(people)))
