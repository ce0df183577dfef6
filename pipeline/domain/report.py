"""What is kept of a post-incident report? What people wrote in it, and what they undertook to do."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from .directory import Key, Language, Text, Value
from .findings import Finding
from .payload import Link
from .times import Instant


class Edition(StrEnum):
    """For whom: those who run the service, those who answer for it, and people outside."""

    ENGINEERS = "engineers"
    EXECUTIVES = "executives"
    OUTSIDE = "outside"


READ_AS = {
    Edition.ENGINEERS: "technician",
    Edition.EXECUTIVES: "leaders",
    Edition.OUTSIDE: "affected",
}
"""The audience of the rules whose knowledge an edition is cut to."""


class Section(StrEnum):
    """In the order of the page. SUMMARY to QUESTIONS are written by people, the others by code alone."""

    SUMMARY = "summary"
    EFFECT = "effect"
    DURATIONS = "durations"
    TIMELINE = "timeline"
    FACTORS = "factors"
    WENT_WELL = "went_well"
    WENT_BADLY = "went_badly"
    LUCK = "luck"
    LESSONS = "lessons"
    ACTIONS = "actions"
    QUESTIONS = "questions"
    CONFLICTS = "conflicts"


WRITTEN = (
    *(Section.SUMMARY, Section.FACTORS, Section.WENT_WELL, Section.WENT_BADLY),
    *(Section.LUCK, Section.LESSONS, Section.QUESTIONS),
)
"""What people write; the first two are drafted for them."""
_COMMON = (Section.SUMMARY, Section.EFFECT, Section.DURATIONS, Section.TIMELINE, Section.FACTORS)
SECTIONS: dict[Edition, tuple[Section, ...]] = {
    Edition.ENGINEERS: tuple(s for s in Section if s is not Section.LESSONS),
    Edition.EXECUTIVES: (*_COMMON, Section.LESSONS, Section.ACTIONS),
    Edition.OUTSIDE: (*_COMMON, Section.LESSONS),
}


class ReportState(StrEnum):
    """ANNOUNCED: people were told that there will be a review."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    PUBLISHED = "published"


class Report(Value):
    """One to an incident. `version` is the incident's when it was drafted last; `due_at` the day by which it
    was promised."""

    incident: Key
    state: ReportState = ReportState.DRAFT
    version: int
    made_at: Instant
    by: Key
    revision: int = Field(default=1, ge=1)
    due_at: Instant | None = None
    published_at: Instant | None = None


class SectionText(Value):
    """What a section says in one language. Revision 1 is a draft by code or a model (`by` is then empty); each
    later one is a person's, and no revision is ever changed (law 9)."""

    incident: Key
    edition: Edition
    section: Section
    language: Language
    revision: int = Field(ge=1)
    text: str = Field(default="", max_length=20_000)
    by: str = ""
    at: Instant
    findings: tuple[Finding, ...] = ()


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Action(Value):
    """What somebody undertook: a sentence that begins with a verb, one owner, a day. `reminded_for` is the day
    whose passing was told, so that a new day is told anew."""

    id: Key
    incident: Key
    text: Text
    owner: Key
    due: date
    link: Link | None = None
    state: ActionState = ActionState.OPEN
    revision: int = Field(default=1, ge=1)
    by: Key
    at: Instant
    reminded_for: date | None = None


class Told(Value):
    """A communication that reached people: how many recipients, and when the first of them had it."""

    at: Instant
    kind: Key
    audience: Key
    people: int
    communication: Key
