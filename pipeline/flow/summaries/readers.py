"""Who would read a summary that is sent, and in which language? So that a sender knows beforehand whom she writes past.

A statement is told to everybody whom the rules tell of statements, and who may know it: leaders and the front
line hear what those affected hear.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.directory import Group, Language, Person
from ...domain.facts import Level
from ...domain.incident import Incident
from ...domain.major_events import Stated
from ...domain.summary import Summary
from ...policy.audiences import ROLES, members_of
from ...policy.rules import RulePack
from ...policy.summaries import leaves_as, reaches_nobody
from ...ports import Transaction

_STATED = Stated.type.split(".")[-2]


@dataclass(frozen=True, kw_only=True)
class Readers:
    """How many readers there are, and how many of them read the other language. A room that reads both
    languages misses nothing."""

    all: int = 0
    others: int = 0


def readers_of(tx: Transaction, incident: Incident, summary: Summary, rules: RulePack) -> Readers:
    """As the directory has them now, each once: people, rooms, and the public page of each language. Rules
    with conditions count as if they held."""
    if reaches_nobody(summary.audience):
        return Readers()
    services = tx.services([incident.service.value] if incident.service else [])
    service = services.get(incident.service.value) if incident.service else None
    wanted = [members_of(role, incident, service) for role in _hearing(summary, rules)]
    groups = tx.groups(sorted({name for one in wanted for name in one.groups})).values()
    named = {person for group in groups if not group.addresses for person in group.members}
    named |= {person for one in wanted for person in one.people}
    people = tx.people(sorted(named), source=incident.source).values()
    pages = {page for one in wanted for page in one.pages}
    rooms = [group for group in groups if group.addresses]
    told: list[Person | Group] = [*people, *rooms]
    others = sum(_misses(one, summary.language) for one in told)
    others += sum(page != summary.language for page in pages)
    return Readers(all=len(told) + len(pages), others=others)


def _hearing(summary: Summary, rules: RulePack) -> list[str]:
    """The audiences to which the event by which it leaves is told in its words."""
    levels = {"statement": Level.AFFECTED, "public_statement": Level.PUBLIC}
    level = levels.get(leaves_as(summary.audience))
    if level is None:
        return [summary.audience]
    told = {rule.audience for rule in rules.by_event.get(_STATED, ())}
    return [role for role in told if role in ROLES and ROLES[role].clearance >= level]


def _misses(reader: Person | Group, language: Language) -> bool:
    mixed = isinstance(reader, Group) and reader.mixed
    return reader.language != language and not mixed
