"""The seam for approvals and surveys: whose word is awaited until when, and what people answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from .domain.message import Recipient
from .domain.survey import Offer, Survey, SurveyKind, Tally, Unasked

AwaitedStep = Literal["remind", "escalate", "waiting"]


@dataclass(frozen=True, kw_only=True)
class ApprovalStep:
    """A place of an approval that nobody has decided in, and what is due there. Without a time nothing is:
    nobody is left who could be asked, or its ticket is solved."""

    incident: str
    approval: str
    place: int
    step: AwaitedStep
    due_at: datetime | None
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Answers of one kind, day, group and service: how many of each score, 1 to 5."""

    kind: SurveyKind
    day: date
    group: str | None
    service: str | None
    counts: tuple[int, int, int, int, int]


class DecisionWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about them."""

    def set_approval_steps(self, steps: Sequence[ApprovalStep]) -> None:
        """What is due in these places from now on, in place of what was."""

    def end_approval_steps(
        self, incident_id: str, approval: str, places: Sequence[int] | None = None
    ) -> None:
        """Nothing is awaited there any more: in these places, or in all."""

    def approval_steps(self, incident_id: str) -> list[ApprovalStep]:
        """What is due on this ticket, or rests."""

    def due_approval_steps(self, now: datetime, limit: int) -> list[ApprovalStep]: ...

    def move_approval_step(self, was: ApprovalStep, now: ApprovalStep) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says."""

    def turns(self, names: Sequence[str]) -> Mapping[str, datetime]:
        """When each of these was asked last, whatever it was; without those who never were."""

    def offer_surveys(self, offers: Sequence[Offer], since: datetime) -> set[str]:
        """Keep new surveys, but none whose turn was taken after `since`, and none of a round in which this person
        was asked already: the ids of those that were kept. Of two at once one is kept."""

    def keep_unasked(self, unasked: Sequence[Unasked]) -> None:
        """Who was not asked, each once for a round; what was written first stands."""

    def unasked_of(self, incident_id: str, person: str) -> list[Unasked]:
        """Why this person was not asked, round by round."""

    def informed(self, incident_id: str, audience: str, since: datetime) -> list[Recipient]:
        """Whoever of this audience got a mail about the failure itself from that moment on, each once and at the
        address it went to last. That it was none is not news of it."""

    def survey(self, survey_id: str) -> Survey | None: ...

    def surveys_by_id(self, ids: Sequence[str]) -> list[Survey]: ...

    def surveys_on(
        self, incident_ids: Sequence[str], kind: SurveyKind = SurveyKind.REPAIR
    ) -> list[Survey]: ...

    def tally(self, incident_id: str, kind: SurveyKind) -> Tally: ...

    def move_survey(self, was: Survey, now: Survey) -> bool:
        """False, and nothing is changed, when it was answered since `was` was read."""


class DecisionQueries(Protocol):
    """What people look at: read-only, each call one short transaction of its own."""

    def awaited(self, limit: int = 200) -> list[ApprovalStep]:
        """Places in which a word is awaited, those asked first coming first."""

    def scores(self, since: date) -> list[Scores]:
        """Answers from that day (UTC) on, oldest first."""

    def answers(
        self,
        *,
        since: datetime,
        limit: int,
        most_score: int = 5,
        after: str | None = None,
        kind: SurveyKind | None = None,
    ) -> list[Survey]:
        """Answered surveys, newest first; those given after that moment, with at most that score, beyond
        the survey `after`; of both kinds, or of one."""

    def unasked(self, incident_id: str, limit: int) -> list[Unasked]:
        """Who was not asked about this ticket, and why, by person."""
