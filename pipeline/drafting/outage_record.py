"""What is a requester told of the major incident that her ticket belongs to? What the public was told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..domain.classified import is_secret
from ..domain.directory import Service
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


def outage_facts(ticket: Incident, outage: Outage | None) -> tuple[Fact, ...]:
    """None of them, as long as nothing was published, and once it is over; and none of a security incident: nobody
    learns by her ticket that there is one."""
    if outage is None or not outage.told:
        return ()
    if is_secret(outage.incident, outage.lookup.services):
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


def waits_for_end(ticket: Incident, major: Incident, services: Mapping[str, Service]) -> bool:
    """Whether what was announced for this ticket alone is not due any more, since it belongs to this failure. Of a
    secret its requester hears nothing, and of one that was over by then no more than that."""
    attached = ticket.attached if ticket.attached_to == major.id else None
    if attached is None or major.major is None or is_secret(major, services):
        return False
    restored = major.major.restored
    return restored is None or attached.at < restored.at


def stands_aside(fact: Fact, ticket: Incident) -> bool:
    """Whether it is a time of the ticket's own from before it was found to belong to a failure."""
    attached = ticket.attached
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
