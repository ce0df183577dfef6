"""A decided need to tell someone something, from the decision to the permission to send."""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from .directory import Key, Language, Value
from .findings import Verdict
from .times import Instant


class Kind(StrEnum):
    """What a communication is for. Each has a folder of its own under `prompts/messages/`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ASSIGNMENT = "assignment"
    STATUS_CHANGE = "status_change"
    HAND_OVER = "hand_over"
    RESOLUTION = "resolution"
    REOPENING = "reopening"
    DECLARE_REQUEST = "declare_request"
    FIRST_CONTACT = "first_contact"
    SCOPE = "scope"
    UPDATE = "update"
    RECOVERY = "recovery"
    RELAPSE = "relapse"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    PROMISE_WARNING = "promise_warning"
    REVIEW_ANNOUNCED = "review_announced"
    REVIEW_PUBLISHED = "review_published"
    ACTION_OVERDUE = "action_overdue"
    APPROVAL_REQUEST = "approval_request"
    APPROVAL_DECISION = "approval_decision"
    SURVEY = "survey"
    LOW_SCORE = "low_score"
    RELAPSE_REQUEST = "relapse_request"
    ALERT_FLAPPING = "alert_flapping"
    CHANGE_NOTICE = "change_notice"
    MAINTENANCE = "maintenance"
    MAINTENANCE_CANCELLED = "maintenance_cancelled"
    RELEASE_REQUEST = "release_request"
    SERVICE_LEVEL_WARNING = "service_level_warning"
    RECURRENCE_ALERT = "recurrence_alert"
    PROBLEM_NOTICE = "problem_notice"


NEWS_OF_MAJOR = frozenset(
    {
        *(Kind.FIRST_CONTACT, Kind.SCOPE, Kind.UPDATE),
        *(Kind.RECOVERY, Kind.RELAPSE, Kind.WITHDRAWAL),
    }
)
"""What keeps a promised update: each of them tells how things stand."""
INFORMING = frozenset({*NEWS_OF_MAJOR, Kind.CORRECTION}) - {Kind.WITHDRAWAL}
"""Whoever got one of these was told of the failure itself."""
STANDING = NEWS_OF_MAJOR - {Kind.FIRST_CONTACT}
"""Of these the last one says all that those before it said."""
OF_APPROVALS = frozenset({Kind.APPROVAL_REQUEST, Kind.APPROVAL_DECISION})
"""Each is about one approval of a ticket."""
OF_RECURRENCE = frozenset({Kind.RECURRENCE_ALERT, Kind.PROBLEM_NOTICE})
"""Each is about the chain that its ticket is a case of, as it stands when it is drafted."""
TO_THE_TOLD = frozenset(
    {
        *(Kind.RECOVERY, Kind.RELAPSE, Kind.WITHDRAWAL, Kind.MAINTENANCE_CANCELLED),
        *(Kind.REVIEW_ANNOUNCED, Kind.REVIEW_PUBLISHED, Kind.CORRECTION),
    }
)
"""For those who were told of what it ends, or puts right, and those whose tickets belong to it. A relapse is also for
whoever belongs to the audience by now (`flow/recipients.py`)."""


class Lane(IntEnum):
    """Which due rows share a queue: each lane gets its part of every batch, so none starves."""

    URGENT = 0
    ROUTINE = 1
    BULK = 2


class CommunicationState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    RELEASED = "released"
    SKIPPED = "skipped"
    MERGED = "merged"
    PARKED = "parked"


class Reason(Value):
    """Why something was decided. `code` finds its sentence in `prompts/reasons.yaml`, which takes
    `values`; a rule brings its own sentence in both languages instead."""

    code: Key
    values: dict[str, str] = {}
    zh: str | None = None
    en: str | None = None


class Awaited(StrEnum):
    """What a message may wait for beside its time."""

    ARTICLES = "articles"
    PROSE = "prose"


def said(text: str) -> Reason:
    """Words that have no code, as they are: of a row from before there were codes, or of another program."""
    return Reason(code="said", values={"text": text})


def _as_reason(kept: object) -> object:
    return said(kept) if isinstance(kept, str) else kept


def _as_reason_or_none(kept: object) -> object:
    return None if kept == "" else _as_reason(kept)


Why = Annotated[Reason, BeforeValidator(_as_reason)]
"""A reason that was kept as a plain sentence in earlier releases, and is still read."""
WhyIfAny = Annotated[Reason | None, BeforeValidator(_as_reason_or_none)]
"""The same where an empty sentence stood for none."""


ReleaseMode = Literal["automatic", "unless_vetoed", "one_person", "two_persons"]


class OnCall(Value):
    """Who was on call in a calendar when it was decided: people, or the group that stands in for nobody; neither where
    the calendar is not there. `why` tells it."""

    rota: Key
    people: tuple[Key, ...] = ()
    group: Key | None = None
    why: Reason


class Held(Value):
    """What a request to release is about: the text that waits, and the group that is asked."""

    communication: Key
    group: Key


class Communication(Value):
    """One row of work: who is to be told what kind of thing, when, and why."""

    id: Key
    incident: Key
    kind: Kind
    audience: Key
    channels: tuple[str, ...] = ()
    rule: Key
    rules: Key | None = None
    """The version of the rules that decided it; None in rows of earlier releases."""
    must: bool = False
    """Nothing of its reader's own wishes puts it off: quiet hours, digest, limit, mute."""
    reason: Reason
    release: ReleaseMode = "automatic"
    lane: Lane = Lane.ROUTINE
    state: CommunicationState = CommunicationState.PLANNED
    due_at: Instant
    created_at: Instant
    events: tuple[Key, ...]
    merged_into: Key | None = None
    outcome: Reason | None = None
    told: dict[str, str] = {}
    revision: int = Field(default=1, ge=1)
    tries: int = 0
    dependents: bool = False
    """Those are told too who use a service that depends on the one that failed."""
    scheduled: bool = False
    """Its time was announced: it is told also when nothing is new."""
    promise: Key | None = None
    """The promise that a warning is about."""
    action: Key | None = None
    """The action of a report that a reminder is about."""
    approval: Key | None = None
    """The approval that it is about, of whatever else is to be agreed to on the ticket."""
    survey: Key | None = None
    """The answered survey that a low score is about, or the first of several."""
    to: Key | None = None
    """The one person of its audience who is told."""
    on_call: OnCall | None = None
    """Whoever had it when it was decided, in the place of its audience, whose text they get."""
    held: Held | None = None
    """The text that a request to release is about."""
    clock: Key | None = None
    """The clock of a service level that a warning is about: its warnings are one card."""
    stage: Key | None = None
    """The stage of that clock that it tells of."""
    card: Key | None = None
    """The card that it brings up to date: for those alone who have it, where a channel can replace it."""
    awaits: Awaited | None = None
    """It leaves early when the search for articles ends, or a model has written, and without when that is
    late."""
    ready_at: Instant | None = None
    """When it would leave if it did not wait for prose; None for what does not."""

    @property
    def goes_to_the_told(self) -> bool:
        return self.kind in TO_THE_TOLD or self.kind is Kind.SURVEY or self.card is not None

    @property
    def is_about_one(self) -> bool:
        """It tells of one thing among others of its kind, or some of its audience: that others know it, or its readers
        another, is no reason to keep silent."""
        return any(one is not None for one in (self.approval, self.survey, self.on_call))


MARK = re.compile("\ue000([a-z0-9_]+)\ue001")
"""Stands in a text where a value differs by reader: a slot's name between two private-use characters,
which no incoming text can hold."""


class Form(StrEnum):
    """The shape a draft takes on a channel."""

    MAIL = "mail"
    CHAT = "chat"
    SHORT = "short"
    PAGE = "page"


class SlotValue(Value):
    """A slot that a text used, the words that stand for it, the fact it came from, and its event."""

    slot: Key
    fact: Key | None
    event: Key | None = None
    text: str
    personal: bool = False


class Rendition(Value):
    """A draft in one form. Where values differ by reader it holds a `MARK`."""

    id: Key
    communication: Key
    revision: int
    language: Language
    form: Form
    subject: str = ""
    text: str
    html: str | None = None
    values: tuple[SlotValue, ...] = ()
    template: Key
    template_version: Key
    by_model: bool = False
    """A part of it is in a chat model's words."""


class Draft(Value):
    """The text of one communication for its audience in one language, with what was found in it."""

    communication: Key
    language: Language
    renditions: tuple[Rendition, ...]
    verdict: Verdict = Verdict()


class Release(Value):
    """The permission to send, or the wait for it. `by` is a person, or `policy`."""

    communication: Key
    revision: int
    granted: bool
    by: Key
    at: Instant
    reason: Reason
