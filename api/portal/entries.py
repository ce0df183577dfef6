"""What stands on a public page of a ticket? What was delivered to it, in one language, newest first."""

from __future__ import annotations

from datetime import datetime

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Kind
from pipeline.domain.directory import Language
from pipeline.domain.errors import HeliographError
from pipeline.domain.incident import Incident
from pipeline.domain.keys import message_key
from pipeline.domain.message import MessageState, Outbound

MOST_ENTRIES = 500
PAGE_CHANNEL = "page"
_DELIVERED = (MessageState.DELIVERED.value,)


def entries_of(
    app: Heliograph, incident: Incident, language: Language
) -> list[tuple[datetime, Outbound]]:
    found = []
    for message in app.queries.messages(
        incident_id=incident.id,
        recipient=f"page:{language}",
        states=_DELIVERED,
        limit=MOST_ENTRIES,
    ):
        try:
            found.append((message.created_at, app.preview(message)))
        except HeliographError:
            # A text that was erased is not shown, and takes none of the others with it.
            continue
    return found


def title_of(
    app: Heliograph,
    incident: Incident,
    entries: list[tuple[datetime, Outbound]],
    language: Language,
) -> str:
    """That of the newest entry that tells how things stand: what a correction says is of the past."""
    righted = {
        message_key(c.id, c.revision, f"page:{language}", PAGE_CHANNEL)
        for c in app.queries.communications(incident.id)
        if c.kind is Kind.CORRECTION
    }
    subjects = [entry.subject for _, entry in entries if entry.key not in righted]
    return (subjects or [entries[0][1].subject])[0]
