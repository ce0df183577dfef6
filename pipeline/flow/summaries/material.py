"""What may a summary be written from? The record of a ticket and what people said about it, cut for its readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.conversation import KeptConversation
from ...domain.errors import MissingVariable, NotAllowed
from ...domain.facts import STATEMENT, Audience, Fact, Level, ValueKind
from ...domain.incident import Incident
from ...domain.keys import ticket_scope
from ...domain.prose import Quoted
from ...drafting.brief import make_brief
from ...drafting.conversation import Line
from ...drafting.prose.assignment import Assignment
from ...drafting.record import facts_of
from ...drafting.thread_tokens import without_tokens
from ...policy.audiences import audience_of
from ...policy.rules import RulePack
from ...policy.service_levels import first_contact_by
from ...policy.summaries import is_internal
from ...ports import Transaction
from ..gather import lookup_of
from ..promises import NEXT_UPDATE
from ..writing.ladder import Candidates
from .alone import Wanted, as_quoted, cut_for
from .conversations import lines_in
from .moves import left_as_summary


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """What was cut for the readers, and beside it the facts and lines that they may not know: no writer sees
    those, and no text may repeat them."""

    assignment: Assignment
    hidden: tuple[Fact, ...]
    hidden_lines: tuple[Quoted, ...]


def on_record(
    tx: Transaction,
    incident: Incident,
    wanted: Wanted,
    *,
    rules: RulePack,
    candidates: Candidates,
    now: datetime,
) -> OnRecord:
    """Read in one go, before anybody writes. Raises NotAllowed for readers whom the ticket does not
    concern."""
    audience = audience_of(wanted.role, incident)
    facts = _facts(tx, incident, wanted.role, rules)
    try:
        brief = make_brief(facts, audience, {})
    except MissingVariable:
        raise NotAllowed(
            f"{wanted.role} hear of major incidents alone, and {incident.number} is none: ask for its "
            "requester or for those who work on it",
            field="audience",
        ) from None
    said = [
        (kept, quoted(kept, lines_in(tx.conversation_lines(kept.id))))
        for kept in tx.conversations(incident.id)
    ]
    lines = in_time(said)
    return OnRecord(
        assignment=cut_for(brief, lines, wanted, candidates, now),
        hidden=tuple(f for f in facts if not audience.may_know(f)),
        hidden_lines=tuple(line for line in lines if not audience.may_know(line)),
    )


def quoted(kept: KeptConversation, lines: Iterable[Line]) -> list[Quoted]:
    """What people said, each once. Whatever the desk did not show to the requester is internal, and so
    is what nobody marked, unless whoever brought the log said that she saw it."""
    shown = Level.AFFECTED if kept.shared else Level.INTERNAL
    scope = ticket_scope(kept.incident)
    return [as_quoted(line, kept.id, unmarked=shown, scope=scope) for line in lines if line.counts]


def in_time(said: Iterable[tuple[KeptConversation, Sequence[Quoted]]]) -> list[Quoted]:
    """The lines of all conversations by time, whichever was added first: what is too much is taken from
    the old end. A line without a time stays behind the one before it; above the first that has one it
    goes with that, and a log without any stands at the moment of its adding."""
    placed: list[tuple[datetime, Quoted]] = []
    for kept, lines in said:
        at = next((line.at for line in lines if line.at is not None), kept.added_at)
        for line in lines:
            at = line.at or at
            placed.append((at, line))
    return [line for _, line in sorted(placed, key=lambda one: one[0])]


def _facts(tx: Transaction, incident: Incident, role: str, rules: RulePack) -> tuple[Fact, ...]:
    recorded = facts_of(
        incident, lookup_of(tx, incident), first_contact_by=first_contact_by(rules, incident)
    )
    withheld = tx.withheld_events(incident.id, role, waiting=True) if incident.major else set()
    # What left as a summary is told from what it rested on: quoted, it would prove itself.
    summed = {event.id for event in tx.stream(incident.id) if left_as_summary(event)}
    told = (
        f
        for f in recorded
        if f.event not in summed and (f.attribute != STATEMENT or f.event not in withheld)
    )
    source = tx.source(incident.source)
    announced = _next_update(tx, incident, audience_of(role, incident))
    return without_tokens((*told, *announced), source.thread_token if source else "")


def _next_update(tx: Transaction, incident: Incident, audience: Audience) -> Sequence[Fact]:
    """When these readers will hear next; those who work on it are told the first that anybody waits for."""
    promised = [
        promise
        for promise in tx.open_promises(incident.id)
        if promise.what == NEXT_UPDATE
        and (promise.audience == audience.role or is_internal(audience.role))
    ]
    return [
        Fact(
            id=f"f.{NEXT_UPDATE}",
            what=incident.id,
            attribute=NEXT_UPDATE,
            kind=ValueKind.TIME,
            value=promise.promised_at,
            level=Level.PUBLIC,
            at=promise.made_at,
            event=promise.communication,
        )
        for promise in sorted(promised, key=lambda p: p.promised_at)[:1]
    ]
