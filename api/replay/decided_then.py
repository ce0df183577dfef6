"""What did people decide about a ticket's texts, and what becomes of that when they are told again?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.bootstrap import Heliograph
from pipeline.domain.agreement import Ballot, Vote, Voter
from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.errors import HeliographError
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message, MessageState
from pipeline.release.permission import POLICY

Deed = Literal["agree", "veto", "discard", "draft_anew"]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Somebody agreed to a text, stopped it, put it aside or had it drafted again, at that time. `written_at` is when the
    text was written: of several alike it tells which one was meant."""

    at: datetime
    kind: str
    audience: str
    written_at: datetime
    deed: Deed
    voter: Voter
    why: str = ""


def decisions_on(app: Heliograph, incident: Incident) -> tuple[Decision, ...]:
    """Oldest first."""
    texts = app.queries.communications(incident.id)
    votes = app.releasing.rows.votes([c.id for c in texts])
    known = {c.id: c for c in texts}
    found = [d for c in texts for d in _on(app, c, votes.get(c.id, ()), known)]
    return tuple(sorted(found, key=lambda decision: decision.at))


def decide_again(app: Heliograph, incident: Incident, decision: Decision) -> None:
    """What was decided then counts for the text of now; where none waits, or these rules let nobody decide so, for
    nothing."""
    waiting = [
        c
        for c in app.queries.communications(incident.id)
        if c.state is CommunicationState.HELD
        and (c.kind.value, c.audience) == (decision.kind, decision.audience)
    ]
    if not waiting:
        return
    meant = min(waiting, key=lambda c: (abs(c.created_at - decision.written_at), c.id))
    try:
        _do(app, meant.id, decision)
    except HeliographError:
        # It goes on waiting, as it would have.
        return


def _do(app: Heliograph, text: str, decision: Decision) -> None:
    voter, why = decision.voter, decision.why
    match decision.deed:
        case "agree":
            app.releasing.vote(text, voter, Ballot.AGREE, why)
        case "veto":
            app.releasing.vote(text, voter, Ballot.VETO, why)
        case "discard":
            app.acts.discard(text, voter.id, why)
        case "draft_anew":
            app.acts.retry(text, voter.id)


def _on(
    app: Heliograph,
    c: Communication,
    votes: Sequence[Vote],
    known: Mapping[str, Communication],
) -> Iterator[Decision]:
    for vote in votes:
        deed: Deed = "agree" if vote.ballot is Ballot.AGREE else "veto"
        yield _decision(c, vote.at, deed, vote.voter, vote.why)
    if not votes:
        yield from _released(app, c)
    code = c.outcome.code if c.outcome else ""
    by = c.outcome.values.get("by", POLICY) if c.outcome else POLICY
    if code == "discarded_by_person" and (at := _put_aside_at(app, c)):
        yield _decision(
            c, at, "discard", _manager(by), c.outcome.values["why"] if c.outcome else ""
        )
    after = known.get(c.outcome.values.get("into", "")) if c.outcome else None
    if code == "drafted_anew" and after is not None and by != POLICY:
        yield _decision(c, after.created_at, "draft_anew", _manager(by))


def _released(app: Heliograph, c: Communication) -> Iterator[Decision]:
    """From before votes were kept."""
    for release in app.queries.releases(c.id):
        if release.granted and release.by != POLICY:
            why = release.reason.values.get("why", "")
            yield _decision(c, release.at, "agree", _manager(release.by), why)


def _put_aside_at(app: Heliograph, c: Communication) -> datetime | None:
    """Its messages were put aside in that moment; None for a text that had none, and so reached nobody either way."""
    of_it: list[Message] = app.queries.messages(communication_id=c.id, limit=1)
    cancelled = [m.due_at for m in of_it if m.state is MessageState.CANCELLED]
    return min(cancelled, default=None)


def _manager(name: str) -> Voter:
    return Voter(id=name, via="console", manages=True)


def _decision(c: Communication, at: datetime, deed: Deed, voter: Voter, why: str = "") -> Decision:
    return Decision(
        at=at,
        kind=c.kind.value,
        audience=c.audience,
        written_at=c.created_at,
        deed=deed,
        voter=voter,
        why=why,
    )
