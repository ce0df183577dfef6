"""What is told of one approval? Facts like any others; what it costs is for those who are asked, and for
those who work on the ticket."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.approvals import Approval
from ..domain.communication import Communication, Kind
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.keys import approval_scope, ticket_scope
from ..domain.payload import ERASED
from ..domain.recorded import Recorded
from .pieces import Lookup

K = ValueKind
AMONG_APPROVERS = frozenset({"approval_effect", "approval_cost", "approval_for"})
REMINDER = "reminder"


def approval_facts(incident: Incident, c: Communication, names: Lookup) -> tuple[Fact, ...]:
    """None for a message that is about no approval."""
    approval = next((a for a in incident.approvals if a.id == c.approval), None)
    if approval is None:
        return ()
    pieces = (*_question(approval, names), *_asking(approval, c, names), *_answer(approval, names))
    return tuple(
        _fact(incident, *piece) for piece in pieces if piece[2] is not None and piece[2] != ERASED
    )


Piece = tuple[str, ValueKind, FactValue | None, Recorded[object]]


def _question(approval: Approval, names: Lookup) -> Iterator[Piece]:
    asked = approval.asked
    of = Recorded[object](value=None, at=asked.at, event=asked.event)
    yield "approval_what", K.QUOTE, asked.value.what, of
    yield "approval_effect", K.QUOTE, asked.value.effect, of
    yield "approval_cost", K.QUOTE, asked.value.cost, of
    yield "approval_due", K.TIME, asked.value.due_by, of
    if asked.value.by:
        yield "approval_asker", K.NAME, names.person(asked.value.by), of


def _asking(approval: Approval, c: Communication, names: Lookup) -> Iterator[Piece]:
    """Why this reader is asked, and in whose place."""
    place = next((p for _, p in approval.waiting if p.holder.id == c.to), None)
    if place is None or c.kind is not Kind.APPROVAL_REQUEST:
        return
    of = Recorded[object](value=None, at=place.since, event=c.events[-1])
    because = REMINDER if c.reason.code == "approval_due" else place.because
    yield "approval_because", K.STATE, f"approval.{because}", of
    if place.because != "asked":
        yield "approval_for", K.NAME, names.person(place.approver), of


def _answer(approval: Approval, names: Lookup) -> Iterator[Piece]:
    if approval.decision is None:
        return
    said = approval.decision
    of = Recorded[object](value=None, at=said.at, event=said.event)
    yield "decision", K.STATE, f"decision.{approval.state.value}", of
    yield "decided_by", K.NAME, names.person(said.value.by), of
    yield "decided_at", K.TIME, said.at, of
    yield "decision_comment", K.QUOTE, said.value.comment, of


def _fact(
    incident: Incident,
    attribute: str,
    kind: ValueKind,
    value: FactValue | None,
    of: Recorded[object],
) -> Fact:
    among = attribute in AMONG_APPROVERS
    return Fact.model_validate(
        {
            "id": f"f.{attribute}",
            "what": incident.id,
            "attribute": attribute,
            "kind": kind,
            "value": value,
            "status": Status.REPORTED if kind is K.QUOTE else Status.CONFIRMED,
            "level": Level.AFFECTED,
            "scope": approval_scope(incident.id) if among else ticket_scope(incident.id),
            "at": of.at,
            "event": of.event,
        }
    )
