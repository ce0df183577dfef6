"""Somebody whom a source names and nobody knew: what it says of how to reach them is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.directory import Address, Directory, Person
from ..domain.events import Assigned, Payload, PersonRef, Reported
from ..ports import Transaction


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What is assumed of people whom no directory knows."""

    language: str
    zone: str


def named_in(data: Payload, defaults: Defaults) -> dict[str, Person]:
    """The people that an event names, by id, as far as it tells of them."""
    return {ref.id: _person(ref, defaults) for ref in _people_in(data)}


def merge_named(people: dict[str, Person], named: Mapping[str, Person]) -> None:
    """A later event that tells less of somebody takes nothing back."""
    for name, person in named.items():
        if name not in people or (person.addresses and not people[name].addresses):
            people[name] = person


def learn(tx: Transaction, named: Mapping[str, Person]) -> None:
    """Keep those whom the directory does not know, and an address where it has none; whom it knows, it
    knows better."""
    known = tx.people(list(named))
    new = [person for name, person in named.items() if name not in known]
    reached = [
        known[name].model_copy(update={"addresses": person.addresses})
        for name, person in named.items()
        if name in known and person.addresses and not known[name].addresses
    ]
    if new or reached:
        tx.save_directory(Directory(people=(*new, *reached)))


def _person(ref: PersonRef, defaults: Defaults) -> Person:
    addresses = (Address(channel="mail", value=ref.email),) if ref.email else ()
    return Person.model_validate(
        {
            "id": ref.id,
            "name": ref.name or ref.id,
            "language": ref.language or defaults.language,
            "zone": ref.zone or defaults.zone,
            "addresses": addresses,
        }
    )


def _people_in(data: Payload) -> tuple[PersonRef, ...]:
    match data:
        case Reported():
            return (data.requester,)
        case Assigned():
            return (data.assignee,)
        case _:
            return ()
