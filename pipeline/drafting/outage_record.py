"""What is a requester told of the major incident that her ticket belongs to? What the public was told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from ..domain.classified import is_secret
from ..domain.facts import Fact, FactValue, Level, ValueKind
from ..domain.incident import Incident
from ..domain.keys import ticket_scope
from ..domain.portal_events import Attached
from ..domain.recorded import Recorded
from .brief import comparable
from .pieces import Lookup
from .record import facts_of
from .slot_names import AWAITED, OF_OUTAGE


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A major incident, what the `public` was `told` of it, and when it is told next."""

    incident: Incident
    lookup: Lookup
    told: Mapping[str, str]
    next_update: datetime | None


def is_shown(outage: Outage | None) -> TypeGuard[Outage]:
    """Whether whose ticket belongs to it knows of it: something was published, and it is no security incident, of
    which nobody learns by her ticket."""
    if outage is None or not outage.told:
        return False
    return not is_secret(outage.incident, outage.lookup.services)


def outage_facts(ticket: Incident, outage: Outage | None) -> tuple[Fact, ...]:
    """None of them as long as it is not shown, and once it is over."""
    if not is_shown(outage):
        return ()
    major = outage.incident.major
    if major is None or not major.is_told:
        return ()
    return tuple(_facts(ticket, outage))


def _facts(ticket: Incident, outage: Outage) -> Iterator[Fact]:
    attached = ticket.attached
    if attached is None:
        return
    yield _fact(ticket, attached, "outage_number", ValueKind.IDENTIFIER, outage.incident.number)
    for fact in facts_of(outage.incident, outage.lookup):
        name = OF_OUTAGE.get(fact.attribute)
        if name is None or fact.level is not Level.PUBLIC:
            continue
        if outage.told.get(fact.attribute) == comparable(fact):
            yield _fact(ticket, attached, name, fact.kind, fact.value)
    if outage.next_update is not None:
        yield _fact(ticket, attached, "outage_next_update", ValueKind.TIME, outage.next_update)


def stands_aside(fact: Fact, ticket: Incident) -> bool:
    """Whether it is a time of the ticket's own from before it was found to belong to a failure: it waits for the
    end of that one now."""
    attached = ticket.attached if ticket.attached_to is not None else None
    return attached is not None and fact.attribute in AWAITED and fact.at <= attached.at


def told_of_outage(outage: Outage, names: Collection[str]) -> tuple[Fact, ...]:
    """What the record of the major incident itself says, where a ticket's text tells it by one of these names."""
    facts = facts_of(outage.incident, outage.lookup)
    return tuple(fact for fact in facts if OF_OUTAGE.get(fact.attribute) in names)


def _fact(
    ticket: Incident, of: Recorded[Attached], name: str, kind: ValueKind, value: FactValue
) -> Fact:
    return Fact(
        id=f"f.{name}",
        what=ticket.id,
        attribute=name,
        kind=kind,
        value=value,
        level=Level.AFFECTED,
        scope=ticket_scope(ticket.id),
        at=of.at,
        event=of.event,
    )
