"""Which links does one reader of one text get? Those of the ticket, and of whatever the text is about."""

from __future__ import annotations

from datetime import datetime

from ..domain.message import Recipient
from ..drafting.article_record import articles_for
from ..drafting.slot_names import OUTAGE_URL, SUBSCRIPTION_URL
from .gather import Subject
from .links import Links


def links_for(links: Links, subject: Subject, reader: Recipient, now: datetime) -> dict[str, str]:
    """By their slots."""
    c, incident = subject.communication, subject.incident
    shown = [one.article for one in articles_for(c.audience, subject.found)]
    found = links.for_reader(incident, c.audience, reader.id, now, shown)
    if reader.kind == "subscriber":
        found[SUBSCRIPTION_URL] = links.subscription(reader.id, now)
    if subject.outage is not None:
        found[OUTAGE_URL] = links.status(subject.outage.incident)
    if subject.held is not None:
        found |= links.to_release(incident, c, reader, subject.held.due_at, now)
    return found | links.of_decisions(c, reader.id, subject.survey, now)
