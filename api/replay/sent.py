"""What was sent about a ticket, in reality or in a replay: a row for each message, told alike of both. Subscribers get what
the public page tells, and are left out of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import OF_RECURRENCE, Communication, Kind, Rendition
from pipeline.domain.errors import HeliographError
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message, MessageState
from pipeline.domain.times import Instant, to_text
from pipeline.drafting.slot_names import KNOWN_ERROR, KNOWN_ERROR_NUMBER

MOST = 100_000
_LINK = re.compile(r"https?://\S+")
_GONE = frozenset({MessageState.CANCELLED, MessageState.BUNDLED})
_UNSENT = frozenset({MessageState.HELD})
RELEASED_LATER = frozenset({"released_by_person", "released_unvetoed"})
Standing = Literal["sent", "waits_for_person"]
Unplayed = Literal["other_tickets", "review", "model"]
"""What of a message no replay has: tickets beside its own, a review's actions, the words of a chat model."""


class Sent(BaseModel):
    """One message to one reader. `at` is when it was due to leave; links are told as `…`, for each is signed anew."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    incident: str
    kind: str
    audience: str
    recipient: str
    name: str
    channel: str
    at: Instant
    standing: Standing
    subject: str = Field(repr=False)
    text: str = Field(repr=False)
    rule: str
    rules: str | None
    rests_on: Unplayed | None = None

    @property
    def whose(self) -> tuple[str, ...]:
        """What it is about, and for whom: two of these are the same message at another time."""
        return (self.source, self.incident, self.recipient, self.channel, self.kind, self.audience)

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json") | {"at": to_text(self.at)}


def ledger(app: Heliograph, incident: Incident) -> list[Message]:
    """Every message about it, also those that never left; newest first."""
    return app.queries.messages(incident_id=incident.id, limit=MOST)


def sent_about(
    app: Heliograph, incident: Incident, told: Sequence[Message] | None = None
) -> list[Sent]:
    """Oldest first. What a person put aside was not sent, and is left out. `told` is its ledger, where that was read."""
    known = {c.id: c for c in app.queries.communications(incident.id)}
    let_go = {c.id: _let_go(app, c) for c in known.values()}
    messages = _shown(ledger(app, incident) if told is None else told)
    with app.store.read() as tx:
        texts = tx.renditions(sorted({message.rendition for message in messages}))
    rows = [
        _sent(app, message, incident, known[content], let_go[content]).model_copy(
            update={"rests_on": _rests_on(known[content], texts.get(message.rendition))}
        )
        for message in messages
        for content in message.contents
        if content in known
    ]
    return sorted(rows, key=lambda row: (row.at, row.whose))


def to_subscribers(told: Sequence[Message]) -> int:
    """How many messages are left out."""
    return sum(_is_subscribers(message) for message in told if message.state not in _GONE)


def _shown(told: Sequence[Message]) -> list[Message]:
    return [m for m in told if m.state not in _GONE and not _is_subscribers(m)]


def _is_subscribers(message: Message) -> bool:
    return message.recipient.kind == "subscriber"


def _rests_on(c: Communication, text: Rendition | None) -> Unplayed | None:
    slots = {value.slot for value in text.values} if text else set()
    if c.kind in OF_RECURRENCE or slots & {KNOWN_ERROR, KNOWN_ERROR_NUMBER}:
        return "other_tickets"
    if c.kind is Kind.ACTION_OVERDUE:
        return "review"
    return "model" if text is not None and text.by_model else None


def _sent(
    app: Heliograph,
    message: Message,
    incident: Incident,
    c: Communication,
    let_go: datetime | None,
) -> Sent:
    subject, text = _words(app, message)
    return Sent(
        source=incident.source,
        incident=incident.number,
        kind=c.kind.value,
        audience=c.audience,
        recipient=message.recipient.key,
        name=message.recipient.name,
        channel=message.recipient.channel,
        at=_left(message, let_go),
        standing="waits_for_person" if message.state in _UNSENT else "sent",
        subject=subject,
        text=text,
        rule=c.rule,
        rules=c.rules,
    )


def _let_go(app: Heliograph, c: Communication) -> datetime | None:
    """When it got the permission to leave; None where the rules gave it as the text was written, which is not asked for."""
    if c.outcome is None or c.outcome.code not in RELEASED_LATER:
        return None
    return max((r.at for r in app.queries.releases(c.id) if r.granted), default=None)


def _left(message: Message, let_go: datetime | None) -> datetime:
    """A message that waited for people, or for its reader's time, left then, and not when it was written."""
    written = max(message.created_at, let_go or message.created_at)
    return max(written, message.due_at) if message.waits else written


def _words(app: Heliograph, message: Message) -> tuple[str, str]:
    """As its reader saw them; erased words are gone, and their message stays."""
    try:
        finished = app.preview(message)
    except HeliographError:
        return "", ""
    return _without_links(finished.subject), _without_links(finished.text)


def _without_links(text: str) -> str:
    return _LINK.sub("…", text)
