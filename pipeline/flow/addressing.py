"""What does one reader of one text get? Its links, and the message: a rendition with her own values."""

from __future__ import annotations

from datetime import datetime

from ..domain.communication import Form, Kind, Lane
from ..domain.directory import Language
from ..domain.facts import Brief
from ..domain.keys import message_key, rendition_key
from ..domain.message import Message, MessageState, Part, Recipient
from ..drafting.article_record import articles_for
from ..drafting.own_foot import OWN_URL
from ..drafting.personal import personal_values
from ..drafting.slot_names import CHAIN_URL, OUTAGE_URL, SUBSCRIPTION_URL
from .checked import Texts
from .gather import Subject
from .links import Links


def addressed(
    links: Links,
    subject: Subject,
    brief: Brief,
    texts: Texts,
    recipient: Recipient,
    form: Form,
    state: MessageState,
    now: datetime,
) -> Message:
    """In both languages for a room that reads both."""
    c = subject.communication

    def part(language: Language) -> Part:
        reader = recipient.model_copy(update={"language": language})
        marks = {value.slot for value in texts[language, form].values if value.personal}
        own = links_for(links, subject, reader, now)
        return Part(
            rendition=rendition_key(c.id, c.revision, language, form),
            values=personal_values(brief, reader, own, now, marks),
        )

    first = part(recipient.language)
    return Message(
        id=message_key(c.id, c.revision, recipient.key, recipient.channel),
        bundle=c.id,
        contents=(c.id,),
        incident=c.incident,
        recipient=recipient,
        form=form,
        rendition=first.rendition,
        values=first.values | _of_person(links, recipient, now),
        english=part("en") if recipient.mixed else None,
        card=c.clock or _card_of_chain(subject),
        # However many they are, those whom it hits do not wait for them.
        lane=Lane.BULK if recipient.kind == "subscriber" else c.lane,
        state=state,
        due_at=now,
        created_at=now,
    )


def _of_person(links: Links, recipient: Recipient, now: datetime) -> dict[str, str]:
    """Where a person says when and of what they want to hear: at the foot of their mails, whatever the text is."""
    return {OWN_URL: links.own(recipient.id, now)} if recipient.kind == "person" else {}


def _card_of_chain(subject: Subject) -> str | None:
    """An alert is one card; a problem's notices are news, each of its own."""
    alert = subject.communication.kind is Kind.RECURRENCE_ALERT
    return subject.recurring.card if alert and subject.recurring else None


def links_for(links: Links, subject: Subject, reader: Recipient, now: datetime) -> dict[str, str]:
    """By their slots: those of the ticket, and of whatever the text is about."""
    c, incident = subject.communication, subject.incident
    shown = [one.article for one in articles_for(c.audience, subject.found)]
    found = links.for_reader(incident, c.audience, reader.id, now, shown)
    if reader.kind == "subscriber":
        found[SUBSCRIPTION_URL] = links.subscription(reader.id, now)
    if subject.outage is not None:
        found[OUTAGE_URL] = links.status(subject.outage.incident)
    if subject.recurring is not None:
        found[CHAIN_URL] = links.chain(subject.recurring.chain.id)
    if subject.held is not None:
        found |= links.to_release(incident, c, reader, subject.held.due_at, now)
    return found | links.of_decisions(c, reader.id, subject.survey_of(reader), now)
