"""What stands on a public page of a ticket? What was delivered to it, in one language, newest first."""

from __future__ import annotations

from datetime import datetime

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language
from pipeline.domain.errors import HeliographError
from pipeline.domain.incident import Incident
from pipeline.domain.message import MessageState, Outbound

MOST_ENTRIES = 500
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
