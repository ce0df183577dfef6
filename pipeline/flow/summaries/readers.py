"""Who would read a summary that is sent, and in which language? So that a sender knows beforehand whom she writes past."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.directory import Group, Language, Person
from ...domain.incident import Incident
from ...domain.summary import Summary
from ...policy.audiences import members_of
from ...policy.summaries import reaches_nobody
from ...ports import Transaction


@dataclass(frozen=True, kw_only=True)
class Readers:
    """How many readers there are, and how many of them read the other language. A room that reads both
    languages misses nothing."""

    all: int = 0
    others: int = 0


def readers_of(tx: Transaction, incident: Incident, summary: Summary) -> Readers:
    """As the directory has them now: people, rooms, and the public page of each language."""
    if reaches_nobody(summary.audience):
        return Readers()
    services = tx.services([incident.service.value] if incident.service else [])
    service = services.get(incident.service.value) if incident.service else None
    wanted = members_of(summary.audience, incident, service)
    groups = tx.groups(list(wanted.groups)).values()
    named = {person for group in groups if not group.addresses for person in group.members}
    people = tx.people(sorted({*wanted.people, *named}), source=incident.source).values()
    rooms = [group for group in groups if group.addresses]
    told: list[Person | Group] = [*people, *rooms]
    others = sum(_misses(one, summary.language) for one in told)
    others += sum(page != summary.language for page in wanted.pages)
    return Readers(all=len(told) + len(wanted.pages), others=others)


def _misses(reader: Person | Group, language: Language) -> bool:
    mixed = isinstance(reader, Group) and reader.mixed
    return reader.language != language and not mixed
