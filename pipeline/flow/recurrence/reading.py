"""How does a chain stand: its cases, what they share, its problem, and whom the register names?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ...domain.communication import OF_RECURRENCE, Communication
from ...domain.directory import Group, Person, Service
from ...domain.facts import FactValue
from ...domain.incident import Incident
from ...domain.recurring import Chain
from ...drafting.recurrence_record import Recurring
from ...policy.audiences import users_in
from ...ports import Transaction
from ...recurrence.case import Case
from ...recurrence.costing import Cost, line_of
from ...recurrence.describing import names_in
from ...recurrence.kept import read
from ...recurrence.signature import Signature
from ...recurrence.suggesting import owner_of, priority_of, service_of
from .cases import cases as cases_of

LOOKED_AT = 50
"""Newest cases of a chain that are read; older ones are counted, and have their time."""

NONE_MISSED: Mapping[str, Sequence[str]] = MappingProxyType({})


def recurring_for(
    tx: Transaction, claimed: Sequence[Communication], known: Mapping[str, Incident]
) -> dict[str, Recurring]:
    """By communication, for those that are about what keeps coming back."""
    mine = [c for c in claimed if c.kind in OF_RECURRENCE and c.incident in known]
    if not mine:
        return {}
    chain_of = tx.chain_of(list(dict.fromkeys(c.incident for c in mine)))
    chains = {name: tx.chain(name) for name in dict.fromkeys(chain_of.values())}
    found = {name: recurring_of(tx, chain) for name, chain in chains.items() if chain is not None}
    named = ((c.id, found.get(chain_of.get(c.incident, ""))) for c in mine)
    return {name: one for name, one in named if one is not None}


def recurring_of(tx: Transaction, chain: Chain) -> Recurring:
    members = tx.members([chain.id]).get(chain.id, [])
    ids = [member.incident for member in members[-LOOKED_AT:]]
    known = cases_of(tx, ids)
    cases = tuple(known[name] for name in ids if name in known)
    shared, varying = names_in([reported(case) for case in cases])
    problem = tx.problems_of([chain.id]).get(chain.id)
    service = service_named(tx, problem.service if problem else service_of(cases))
    owner = owner_of(cases, service)
    names = names_of(tx, [name for name in (owner, problem.owner if problem else None) if name])
    return Recurring(
        chain=chain,
        times=tuple(member.at for member in members),
        cases=cases,
        shared=shared,
        varying=varying,
        service=service.name if service else None,
        owner=names.get(owner or ""),
        priority=priority_of(cases),
        lasted=_lasted(cost_of(tx, cases, service), len(members)),
        problem=problem,
        problem_owner=names.get(problem.owner or "") if problem else None,
    )


def _lasted(cost: Cost, cases: int) -> int | None:
    """Only where every case is over and counted: a part of a sum would be taken for the sum."""
    return cost.lasted if not cost.unsolved and len(cost.lines) == cases else None


def reported(case: Incident) -> Case:
    """As its reporter told it: without what was found or done later."""
    return Case(
        id=case.id,
        at=case.opened_at,
        title=case.title.value,
        text=case.description.value if case.description else "",
        service=case.service.value if case.service else "",
        category=case.category or "",
        site=case.site or "",
    )


def signatures_of(tx: Transaction, ids: Sequence[str]) -> list[Signature]:
    return [read(body) for body in tx.signature_bodies(tx.places_of(ids))]


def service_named(tx: Transaction, name: str | None) -> Service | None:
    return tx.services([name]).get(name) if name else None


def names_of(tx: Transaction, ids: Sequence[str]) -> dict[str, FactValue]:
    """Of groups and people; an id that the directory does not know has none."""
    people: Mapping[str, Person] = tx.people(ids)
    groups: Mapping[str, Group] = tx.groups(ids)
    named: dict[str, FactValue] = {name: one.names or one.name for name, one in people.items()}
    return named | {name: one.name for name, one in groups.items()}


def cost_of(
    tx: Transaction,
    cases: Sequence[Incident],
    service: Service | None,
    missed: Mapping[str, Sequence[str]] = NONE_MISSED,
) -> Cost:
    """Of these cases, with how many use the service as the register says now; `missed` as the store tells it."""
    users = users_of(tx, service) if any(case.major for case in cases) else None
    return Cost(
        lines=tuple(
            line_of(case, users_of_service=users, missed=missed.get(case.id, ())) for case in cases
        )
    )


def users_of(tx: Transaction, service: Service | None) -> int | None:
    """How many people the register names; None where it names nobody."""
    if service is None:
        return None
    wanted = users_in(service)
    groups = tx.groups(wanted.groups)
    there = tx.people_at(wanted.places) if wanted.places else {}
    people = {person for group in groups.values() for person in group.members}
    people |= {person for ids in there.values() for person in ids}
    return len(people) or None
