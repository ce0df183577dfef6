"""Who has agreed to a text that waits, who may, and until when? As the console and the page behind a link show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.bootstrap import Heliograph
from pipeline.domain.agreement import PERSONS, Agreement, Ballot, Vote, Voter
from pipeline.domain.directory import Group, Person, Role
from pipeline.release.votes import counted


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One text's agreement. `asked` are the groups that may agree, with the people that the directory names
    in them; empty where whoever works on tickets may."""

    agreement: Agreement
    agreed: int
    needed: int
    votes: tuple[tuple[Vote, Person | str], ...]
    asked: tuple[tuple[Group, tuple[Person | str, ...]], ...]


def standings(app: Heliograph, communications: Iterable[str]) -> dict[str, Standing]:
    """Of those that have one. A few queries for all of them."""
    names = list(communications)
    found = app.releasing.rows.agreements(names) if names else {}
    votes = app.releasing.rows.votes(list(found)) if found else {}
    groups = app.queries.groups(sorted({g for one in found.values() for g in _asked(one)}))
    people = app.queries.people(_people(votes.values(), groups.values()))
    return {
        name: _standing(agreement, votes.get(name, []), groups, people)
        for name, agreement in found.items()
    }


def voter_of(person: Person) -> Voter:
    """A person who is signed in, as one who votes in the console."""
    manages = person.role is not None and person.role.includes(Role.INCIDENT_MANAGER)
    return Voter(id=person.id, via="console", manages=manages)


def _standing(
    agreement: Agreement, votes: list[Vote], groups: dict[str, Group], people: dict[str, Person]
) -> Standing:
    count = counted(agreement, votes)
    return Standing(
        agreement=agreement,
        agreed=len(count.agreed),
        needed=PERSONS.get(agreement.demand.mode, 1),
        votes=tuple((v, people.get(v.voter.id) or v.voter.id) for v in votes),
        asked=tuple(
            (groups[name], tuple(people.get(m) or m for m in groups[name].members))
            for name in _asked(agreement)
            if name in groups
        ),
    )


def _asked(agreement: Agreement) -> list[str]:
    demand = agreement.demand
    escalated = demand.escalate_to if agreement.escalated else None
    return [name for name in (demand.ask, escalated) if name]


def _people(votes: Iterable[list[Vote]], groups: Iterable[Group]) -> list[str]:
    voters = {v.voter.id for given in votes for v in given}
    return sorted(voters | {m for group in groups for m in group.members})


def has_voted(standing: Standing, person: str) -> bool:
    return any(v.voter.id == person and v.ballot is Ballot.AGREE for v, _ in standing.votes)
