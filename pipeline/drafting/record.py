"""What does the record hold about a ticket, and who may know each piece? The incident as facts.

What the requester may know is AFFECTED, what only those who work on it may know is INTERNAL; both
stay in the ticket's own circle. A name that no directory knows is an id, which stays internal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..domain.classified import type_of
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.lattices import TicketState
from ..domain.payload import PersonRef
from ..domain.recorded import Recorded
from .maintenance_record import maintenance_pieces
from .major_record import alert_pieces, major_pieces
from .pieces import Lookup, Piece, group_name
from .slot_names import TYPE
from .surge_record import surge_pieces

K = ValueKind


def facts_of(
    incident: Incident, names: Lookup, *, first_contact_by: datetime | None = None
) -> tuple[Fact, ...]:
    """All facts of one ticket, and of the major incident that it became, not yet cut for anybody.
    An erased value is no fact.

    `first_contact_by` is the policy's word on it, which goes with the report.
    """
    pieces = (
        *_report(incident, first_contact_by),
        *_work(incident, names),
        *_history(incident, names),
        *_result(incident, names),
        *alert_pieces(incident),
        *surge_pieces(incident, names),
        *major_pieces(incident, names),
        *maintenance_pieces(incident, names),
    )
    found = (piece.fact(incident) for piece in pieces)
    return tuple(fact for fact in found if fact is not None)


def _report(incident: Incident, first_contact_by: datetime | None) -> Iterator[Piece]:
    title = incident.title
    yield _everybodys(incident, "number", K.IDENTIFIER, incident.number, title)
    yield Piece(
        attribute="title", kind=K.QUOTE, value=title.value, of=title, status=Status.REPORTED
    )
    if incident.description:
        said = incident.description
        yield Piece(
            attribute="description", kind=K.QUOTE, value=said.value, of=said, status=Status.REPORTED
        )
    if incident.priority:
        value, of = incident.priority.value, incident.priority
        yield Piece(
            attribute="priority", kind=K.IDENTIFIER, value=value, of=of, level=Level.INTERNAL
        )
    if incident.detached_from:
        former = incident.detached_from
        yield Piece(attribute="detached_from", kind=K.IDENTIFIER, value=former.value, of=former)
        false = incident.false_alarm_at
        yield Piece(attribute="false_alarm_at", kind=K.TIME, value=false, of=former)
    yield Piece(
        attribute="first_contact_by",
        kind=K.TIME,
        value=first_contact_by,
        of=incident.respond_by or title,
    )


def _work(incident: Incident, names: Lookup) -> Iterator[Piece]:
    if incident.requester:
        yield from _requester(incident.requester, names)
    yield Piece(attribute="state", kind=K.STATE, value=_state(incident), of=incident.state)
    if incident.assignee:
        ref = incident.assignee.value
        yield _named("assignee", names.person(ref), incident.assignee, ref.id)
        known = names.people.get(ref.id)
        phone = known.phone if known else None
        yield Piece(
            attribute="assignee_phone", kind=K.IDENTIFIER, value=phone, of=incident.assignee
        )
    if incident.group:
        yield _group("group", incident.group.value, incident.group, names)
    if incident.service:
        yield _service(incident, incident.service, names)
    yield from _type(incident, names)
    if incident.expected:
        word = incident.expected
        yield Piece(attribute="expected_at", kind=K.TIME, value=word.value.at, of=word)
        yield Piece(attribute="expected_from", kind=K.STATE, value=word.value.origin, of=word)
    if incident.message:
        yield Piece(
            attribute="message", kind=K.TEXT, value=incident.message.value, of=incident.message
        )


def _requester(of: Recorded[PersonRef], names: Lookup) -> Iterator[Piece]:
    yield _named("requester_name", names.person(of.value), of, of.value.id)
    known = names.people.get(of.value.id)
    yield Piece(
        attribute="requester_phone",
        kind=K.IDENTIFIER,
        value=known.phone if known else None,
        of=of,
        level=Level.INTERNAL,
    )


def _history(incident: Incident, names: Lookup) -> Iterator[Piece]:
    if incident.group and incident.handed_from:
        yield _group("handed_from", incident.handed_from, incident.group, names)
    if incident.handover_reason:
        why = incident.handover_reason
        yield Piece(
            attribute="handover_reason", kind=K.TEXT, value=why.value, of=why, level=Level.INTERNAL
        )
    for n, step in enumerate(incident.tried, 1):
        yield Piece(
            attribute="tried", kind=K.TEXT, value=step.value, of=step, level=Level.INTERNAL, n=n
        )
    for n, note in enumerate(incident.notes, 1):
        public = note.value.visibility == "requester"
        name, level = ("public_note", Level.AFFECTED) if public else ("note", Level.INTERNAL)
        yield Piece(attribute=name, kind=K.TEXT, value=note.value.text, of=note, level=level, n=n)


def _result(incident: Incident, names: Lookup) -> Iterator[Piece]:
    if incident.resolution:
        done, found = incident.resolution, incident.resolution.value
        yield Piece(attribute="fix_summary", kind=K.TEXT, value=found.fix_summary, of=done)
        yield Piece(attribute="user_action", kind=K.TEXT, value=found.user_action, of=done)
        yield Piece(attribute="cause", kind=K.TEXT, value=found.cause_confirmed, of=done)
        yield Piece(attribute="close_at", kind=K.TIME, value=found.close_at, of=done)
        yield Piece(attribute="reopen_days", kind=K.NUMBER, value=found.reopen_days, of=done)
    if incident.solved_by:
        by = incident.solved_by
        yield Piece(attribute="solved_by", kind=K.QUOTE, value=by.value, of=by)
    if incident.reopening:
        back, said = incident.reopening, incident.reopening.value
        if said.by:
            yield _named("reopened_by", names.person(said.by), back, said.by.id)
        yield Piece(
            attribute="reopening_reason",
            kind=K.QUOTE,
            value=said.reason,
            of=back,
            status=Status.REPORTED,
        )
        yield Piece(
            attribute="reopened_times", kind=K.NUMBER, value=incident.reopened_times, of=back
        )
        yield Piece(attribute="reopened_at", kind=K.TIME, value=back.at, of=back)


def _state(incident: Incident) -> str:
    """`waiting.approval` and its kin; otherwise the ticket's state."""
    if incident.state.value is TicketState.WAITING:
        return f"waiting.{incident.waiting_for.value if incident.waiting_for else 'other'}"
    return incident.state.value.value


def _type(incident: Incident, names: Lookup) -> Iterator[Piece]:
    """No secret: it chooses words that are written for everybody. Whoever may read a ticket sees them."""
    found = type_of(incident, names.services)
    of = incident.classified or incident.service
    if found is not None and of is not None:
        value = f"type.{found.value}"
        yield Piece(attribute=TYPE, kind=K.STATE, value=value, of=of, level=Level.PUBLIC, open=True)


def _service(incident: Incident, of: Recorded[str], names: Lookup) -> Piece:
    known = names.services.get(of.value)
    if known is None:
        return _named("service", None, of, of.value)
    return _everybodys(incident, "service", K.NAME, known.name, of)


def _everybodys(
    incident: Incident, attribute: str, kind: ValueKind, value: FactValue, of: Recorded[Any]
) -> Piece:
    """Of the one ticket, until it is a major incident or maintenance that everybody hears of."""
    if incident.major is None and incident.maintenance is None:
        return Piece(attribute=attribute, kind=kind, value=value, of=of)
    return Piece(attribute=attribute, kind=kind, value=value, of=of, level=Level.PUBLIC, open=True)


def _group(attribute: str, key: str, of: Recorded[Any], names: Lookup) -> Piece:
    return _named(attribute, group_name(key, names), of, key)


def _named(attribute: str, name: FactValue | None, of: Recorded[Any], key: str) -> Piece:
    """The name for everybody; where nobody knows one, the id for those who work on it."""
    if name is not None:
        return Piece(attribute=attribute, kind=K.NAME, value=name, of=of)
    return Piece(attribute=attribute, kind=K.IDENTIFIER, value=key, of=of, level=Level.INTERNAL)
