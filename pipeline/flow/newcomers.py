"""Somebody whom a source names and no directory knows: what it says of how to reach them is kept.

It counts for the tickets of that source alone. Another source may mean somebody else by the same id, and
must not be able to turn this one's mail to itself; whom the directory knows, no event changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.decision_events import ApprovalAsked
from ..domain.directory import Address, Person
from ..domain.events import Assigned, Reported
from ..domain.payload import Payload, PersonRef
from ..ports import Transaction


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What is assumed of people whom no directory knows."""

    language: str
    zone: str


def named_in(data: Payload, defaults: Defaults) -> dict[str, Person]:
    """The people that an event names, by id, as far as it tells of them."""
    return {ref.id: _person(ref, defaults) for ref in _people_in(data)}


def learn(tx: Transaction, source: str, named: Mapping[str, Person]) -> None:
    """Keep the source's latest word on those whom the directory does not know. One that tells less of
    somebody takes no address back."""
    known = tx.people(list(named))
    strangers = {name: person for name, person in named.items() if name not in known}
    before = tx.people(list(strangers), source=source)
    tx.save_named(source, [_merged(before.get(n), person) for n, person in strangers.items()])


def merge_named(people: dict[str, Person], named: Mapping[str, Person]) -> None:
    for name, person in named.items():
        people[name] = _merged(people.get(name), person)


def _merged(before: Person | None, now: Person) -> Person:
    if before is None or now.addresses:
        return now
    return before


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
        case ApprovalAsked():
            return data.people
        case _:
            return ()
