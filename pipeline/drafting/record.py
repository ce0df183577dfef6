"""What does the record hold about a ticket, and who may know each piece? The incident as facts.

What the requester may know is AFFECTED, what only those who work on it may know is INTERNAL; both
stay in the ticket's own circle. A name that no directory knows is an id, which stays internal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..domain.directory import Group, Person, Service
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.keys import ticket_scope
from ..domain.lattices import TicketState
from ..domain.payload import ERASED, PersonRef
from ..domain.recorded import Recorded

K = ValueKind


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The part of the directory that one ticket speaks of, by id."""

    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)

    def person(self, ref: PersonRef) -> FactValue | None:
        known = self.people.get(ref.id)
        if known is not None:
            return known.names or known.name
        return ref.name


@dataclass(frozen=True, kw_only=True)
class _Piece:
    attribute: str
    kind: ValueKind
    value: FactValue | None
    of: Recorded[Any]
    level: Level = Level.AFFECTED
    n: int | None = None
    status: Status = Status.CONFIRMED


def facts_of(
    incident: Incident, names: Lookup, *, first_contact_by: datetime | None = None
) -> tuple[Fact, ...]:
    """All facts of one ticket, not yet cut for anybody. An erased value is no fact.

    `first_contact_by` is the policy's word on it, which goes with the report.
    """
    pieces = (
        *_report(incident, first_contact_by),
        *_work(incident, names),
        *_history(incident, names),
        *_result(incident, names),
    )
    scope = ticket_scope(incident.id)
    return tuple(
        Fact(
            id=f"f.{p.attribute}" if p.n is None else f"f.{p.attribute}.{p.n}",
            what=incident.id,
            attribute=p.attribute,
            kind=p.kind,
            value=p.value,
            status=p.status,
            level=p.level,
            scope=scope,
            at=p.of.at,
            event=p.of.event,
        )
        for p in pieces
        if p.value is not None and p.value != ERASED
    )


def _report(incident: Incident, first_contact_by: datetime | None) -> Iterator[_Piece]:
    title = incident.title
    yield _Piece(attribute="number", kind=K.IDENTIFIER, value=incident.number, of=title)
    yield _Piece(
        attribute="title", kind=K.QUOTE, value=title.value, of=title, status=Status.REPORTED
    )
    if incident.description:
        said = incident.description
        yield _Piece(
            attribute="description", kind=K.QUOTE, value=said.value, of=said, status=Status.REPORTED
        )
    if incident.priority:
        value, of = incident.priority.value, incident.priority
        yield _Piece(
            attribute="priority", kind=K.IDENTIFIER, value=value, of=of, level=Level.INTERNAL
        )
    yield _Piece(
        attribute="first_contact_by",
        kind=K.TIME,
        value=first_contact_by,
        of=incident.respond_by or title,
    )


def _work(incident: Incident, names: Lookup) -> Iterator[_Piece]:
    if incident.requester:
        yield from _requester(incident.requester, names)
    yield _Piece(attribute="state", kind=K.STATE, value=_state(incident), of=incident.state)
    if incident.assignee:
        ref = incident.assignee.value
        yield _named("assignee", names.person(ref), incident.assignee, ref.id)
        known = names.people.get(ref.id)
        phone = known.phone if known else None
        yield _Piece(
            attribute="assignee_phone", kind=K.IDENTIFIER, value=phone, of=incident.assignee
        )
    if incident.group:
        yield _group("group", incident.group.value, incident.group, names)
    if incident.service:
        service = names.services.get(incident.service.value)
        yield _named(
            "service", service.name if service else None, incident.service, incident.service.value
        )
    if incident.expected:
        word = incident.expected
        yield _Piece(attribute="expected_at", kind=K.TIME, value=word.value.at, of=word)
        yield _Piece(attribute="expected_from", kind=K.STATE, value=word.value.origin, of=word)
    if incident.message:
        yield _Piece(
            attribute="message", kind=K.TEXT, value=incident.message.value, of=incident.message
        )


def _requester(of: Recorded[PersonRef], names: Lookup) -> Iterator[_Piece]:
    yield _named("requester_name", names.person(of.value), of, of.value.id)
    known = names.people.get(of.value.id)
    yield _Piece(
        attribute="requester_phone",
        kind=K.IDENTIFIER,
        value=known.phone if known else None,
        of=of,
        level=Level.INTERNAL,
    )


def _history(incident: Incident, names: Lookup) -> Iterator[_Piece]:
    if incident.group and incident.handed_from:
        yield _group("handed_from", incident.handed_from, incident.group, names)
    if incident.handover_reason:
        why = incident.handover_reason
        yield _Piece(
            attribute="handover_reason", kind=K.TEXT, value=why.value, of=why, level=Level.INTERNAL
        )
    for n, step in enumerate(incident.tried, 1):
        yield _Piece(
            attribute="tried", kind=K.TEXT, value=step.value, of=step, level=Level.INTERNAL, n=n
        )
    for n, note in enumerate(incident.notes, 1):
        public = note.value.visibility == "requester"
        name, level = ("public_note", Level.AFFECTED) if public else ("note", Level.INTERNAL)
        yield _Piece(attribute=name, kind=K.TEXT, value=note.value.text, of=note, level=level, n=n)


def _result(incident: Incident, names: Lookup) -> Iterator[_Piece]:
    if incident.resolution:
        done, found = incident.resolution, incident.resolution.value
        yield _Piece(attribute="fix_summary", kind=K.TEXT, value=found.fix_summary, of=done)
        yield _Piece(attribute="user_action", kind=K.TEXT, value=found.user_action, of=done)
        yield _Piece(attribute="cause", kind=K.TEXT, value=found.cause_confirmed, of=done)
        yield _Piece(attribute="close_at", kind=K.TIME, value=found.close_at, of=done)
        yield _Piece(attribute="reopen_days", kind=K.NUMBER, value=found.reopen_days, of=done)
    if incident.reopening:
        back, said = incident.reopening, incident.reopening.value
        if said.by:
            yield _named("reopened_by", names.person(said.by), back, said.by.id)
        yield _Piece(
            attribute="reopening_reason",
            kind=K.QUOTE,
            value=said.reason,
            of=back,
            status=Status.REPORTED,
        )
        yield _Piece(
            attribute="reopened_times", kind=K.NUMBER, value=incident.reopened_times, of=back
        )


def _state(incident: Incident) -> str:
    """`waiting.approval` and its kin; otherwise the ticket's state."""
    if incident.state.value is TicketState.WAITING:
        return f"waiting.{incident.waiting_for.value if incident.waiting_for else 'other'}"
    return incident.state.value.value


def _group(attribute: str, key: str, of: Recorded[Any], names: Lookup) -> _Piece:
    group = names.groups.get(key)
    return _named(attribute, group.name if group else None, of, key)


def _named(attribute: str, name: FactValue | None, of: Recorded[Any], key: str) -> _Piece:
    """The name for everybody; where nobody knows one, the id for those who work on it."""
    if name is not None:
        return _Piece(attribute=attribute, kind=K.NAME, value=name, of=of)
    return _Piece(attribute=attribute, kind=K.IDENTIFIER, value=key, of=of, level=Level.INTERNAL)
