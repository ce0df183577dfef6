"""What was sent about a ticket, in reality or in a replay: a row for each message, told alike of both."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication
from pipeline.domain.errors import HeliographError
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message, MessageState
from pipeline.domain.times import Instant, to_text

MOST = 100_000
_LINK = re.compile(r"https?://\S+")
_GONE = frozenset({MessageState.CANCELLED, MessageState.BUNDLED})
_UNSENT = frozenset({MessageState.HELD})
Standing = Literal["sent", "waits_for_person"]


class Sent(BaseModel):
    """One message to one reader. `at` is when it was due to leave; links are told as `…`, for each is signed anew."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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

    @property
    def whose(self) -> tuple[str, ...]:
        """What it is about, and for whom: two of these are the same message at another time."""
        return (self.incident, self.recipient, self.channel, self.kind, self.audience)

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json") | {"at": to_text(self.at)}


def sent_about(app: Heliograph, incident: Incident) -> list[Sent]:
    """Oldest first. What a person put aside was not sent, and is left out."""
    known = {c.id: c for c in app.queries.communications(incident.id)}
    messages = app.queries.messages(incident_id=incident.id, limit=MOST)
    rows = [
        _sent(app, message, incident, known[content])
        for message in messages
        if message.state not in _GONE
        for content in message.contents
        if content in known
    ]
    return sorted(rows, key=lambda row: (row.at, row.whose))


def _sent(app: Heliograph, message: Message, incident: Incident, c: Communication) -> Sent:
    subject, text = _words(app, message)
    return Sent(
        incident=incident.number,
        kind=c.kind.value,
        audience=c.audience,
        recipient=message.recipient.key,
        name=message.recipient.name,
        channel=message.recipient.channel,
        at=_left(message),
        standing="waits_for_person" if message.state in _UNSENT else "sent",
        subject=subject,
        text=text,
        rule=c.rule,
        rules=c.rules,
    )


def _left(message: Message) -> datetime:
    """A message that waited for its reader's time left then, and not when it was written."""
    return max(message.created_at, message.due_at) if message.waits else message.created_at


def _words(app: Heliograph, message: Message) -> tuple[str, str]:
    """As its reader saw them; erased words are gone, and their message stays."""
    try:
        finished = app.preview(message)
    except HeliographError:
        return "", ""
    return _without_links(finished.subject), _without_links(finished.text)


def _without_links(text: str) -> str:
    return _LINK.sub("…", text)
