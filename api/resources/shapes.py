"""What does an answer look like? The values of the domain, as JSON that a person can follow."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from pipeline.domain.communication import Communication, Draft, Reason, Release
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.major import Major
from pipeline.domain.message import Attempt, Message
from pipeline.domain.times import Instant

from ..console.reasons import sentence_of

if TYPE_CHECKING:
    from pipeline.bootstrap import Heliograph
    from pipeline.flow.accepted import Accepted


class Sentence(BaseModel):
    """A reason, in words."""

    code: str
    values: dict[str, str] = {}
    zh: str
    en: str


class AcceptedEvent(BaseModel):
    """What became of one event."""

    event_id: str = Field(examples=["evt_01k3c8…"])
    incident_id: str = Field(examples=["inc_01k3c8…"])
    number: str = Field(description="The ticket's number as people know it.", examples=["INC-9527"])
    version: int = Field(description="The ticket's version after this event.")
    duplicate: bool = Field(description="True when the same event had been sent before.")


class MajorSummary(BaseModel):
    """How a major incident stands, and how far its repair has come."""

    standing: Literal["open", "restored", "withdrawn"]
    phase: str
    severity: str


class IncidentSummary(BaseModel):
    id: str
    number: str
    source: str
    title: str
    state: str
    waiting_for: str | None
    priority: str | None
    requester: str | None
    assignee: str | None
    group: str | None
    service: str | None
    category: str | None
    url: str | None
    major: MajorSummary | None = Field(description="Of a major incident alone.")
    version: int
    opened_at: Instant
    updated_at: Instant


def _cursor(text: str) -> str:
    if not re.fullmatch(r"[0-9T:.Z+-]+~\w+", text, re.ASCII):
        raise ValueError("is not the `after` of a page")
    return text


Cursor = Annotated[str, AfterValidator(_cursor)]


class IncidentList(BaseModel):
    incidents: list[IncidentSummary]
    counts: dict[str, int] = Field(description="Tickets by state, for all that match `q`.")
    after: str | None = Field(description="Cursor of the next page, or null on the last one.")


class TimelineEvent(BaseModel):
    id: str
    type: str
    version: int
    occurred_at: Instant
    recorded_at: Instant
    data: dict[str, Any]


class CommunicationSummary(BaseModel):
    id: str
    incident: str
    kind: str
    audience: str
    state: str
    rule: str
    reason: Sentence
    on_call: Sentence | None
    outcome: Sentence | None
    due_at: Instant
    created_at: Instant
    events: list[str]
    merged_into: str | None


class CommunicationDetail(CommunicationSummary):
    drafts: list[Draft]
    releases: list[Release]


class MessageSummary(BaseModel):
    id: str
    incident: str
    communications: list[str]
    recipient: str
    name: str
    channel: str
    address: str
    language: str
    state: str
    created_at: Instant
    due_at: Instant
    tries: int


class MessageDetail(MessageSummary):
    subject: str
    text: str
    html: str | None
    attempts: list[Attempt]


def sentence(app: Heliograph, reason: Reason | None) -> Sentence | None:
    return None if reason is None else said(app, reason)


def said(app: Heliograph, reason: Reason) -> Sentence:
    # Codes among its values are told in words; times stay whole, since programs know no reader's zone.
    words = {
        language: sentence_of(reason, app.library, language, datetime.isoformat)
        for language in LANGUAGES
    }
    return Sentence(code=reason.code, values=reason.values, zh=words["zh"], en=words["en"])


def accepted_event(accepted: Accepted) -> AcceptedEvent:
    return AcceptedEvent(
        event_id=accepted.event_id,
        incident_id=accepted.incident_id,
        number=accepted.number,
        version=accepted.version,
        duplicate=accepted.duplicate,
    )


def incident_summary(i: Incident) -> IncidentSummary:
    return IncidentSummary(
        id=i.id,
        number=i.number,
        source=i.source,
        title=i.title.value,
        state=i.state.value.value,
        waiting_for=i.waiting_for.value if i.waiting_for else None,
        priority=i.priority.value if i.priority else None,
        requester=i.requester.value.id if i.requester else None,
        assignee=i.assignee.value.id if i.assignee else None,
        group=i.group.value if i.group else None,
        service=i.service.value if i.service else None,
        category=i.category,
        url=i.url,
        major=None if i.major is None else _major(i.major),
        version=i.version,
        opened_at=i.opened_at,
        updated_at=i.updated_at,
    )


def _major(major: Major) -> MajorSummary:
    return MajorSummary(
        standing=major.standing,
        phase=major.phase.value.value,
        severity=major.severity.value,
    )


def timeline_event(event: Event) -> TimelineEvent:
    return TimelineEvent(
        id=event.id,
        type=event.type,
        version=event.version,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        data=event.data.model_dump(mode="json", exclude_none=True),
    )


def communication_summary(app: Heliograph, c: Communication) -> CommunicationSummary:
    return CommunicationSummary(
        id=c.id,
        incident=c.incident,
        kind=c.kind.value,
        audience=c.audience,
        state=c.state.value,
        rule=c.rule,
        reason=said(app, c.reason),
        on_call=sentence(app, c.on_call.why if c.on_call else None),
        outcome=sentence(app, c.outcome),
        due_at=c.due_at,
        created_at=c.created_at,
        events=list(c.events),
        merged_into=c.merged_into,
    )


def message_summary(m: Message) -> MessageSummary:
    return MessageSummary(
        id=m.id,
        incident=m.incident,
        communications=list(m.contents),
        recipient=m.recipient.key,
        name=m.recipient.name,
        channel=m.recipient.channel,
        address=m.recipient.address,
        language=m.recipient.language,
        state=m.state.value,
        created_at=m.created_at,
        due_at=m.due_at,
        tries=m.tries,
    )
