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


def decisions_on(
    app: Heliograph, incident: Incident, told: Sequence[Message]
) -> tuple[Decision, ...]:
    """Oldest first. `told` are the messages about it, also those that never left."""
    texts = app.queries.communications(incident.id)
    votes = app.releasing.rows.votes([c.id for c in texts])
    known = {c.id: c for c in texts}
    put_aside = _put_aside(told)
    found = [d for c in texts for d in _on(app, c, votes.get(c.id, ()), known, put_aside.get(c.id))]
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
    put_aside: datetime | None,
) -> Iterator[Decision]:
    for vote in votes:
        deed: Deed = "agree" if vote.ballot is Ballot.AGREE else "veto"
        yield _decision(c, vote.at, deed, vote.voter, vote.why)
    if c.outcome is None:
        return
    code, values = c.outcome.code, c.outcome.values
    by, after = values.get("by", POLICY), known.get(values.get("into", ""))
    if code == "released_by_person" and not votes:
        yield from _released(app, c)
    elif code == "discarded_by_person" and put_aside is not None:
        yield _decision(c, put_aside, "discard", _manager(by), values["why"])
    elif code == "drafted_anew" and after is not None and by != POLICY:
        yield _decision(c, after.created_at, "draft_anew", _manager(by))


def _released(app: Heliograph, c: Communication) -> Iterator[Decision]:
    """From before votes were kept."""
    for release in app.queries.releases(c.id):
        if release.granted and release.by != POLICY:
            why = release.reason.values.get("why", "")
            yield _decision(c, release.at, "agree", _manager(release.by), why)


def _put_aside(told: Sequence[Message]) -> dict[str, datetime]:
    """When the last messages of each text were put aside, in the moment in which it was; a text that had none reached
    nobody either way."""
    cancelled = [m for m in told if m.state is MessageState.CANCELLED]
    last = sorted(cancelled, key=lambda message: message.due_at)
    return {name: message.due_at for message in last for name in message.contents}


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
