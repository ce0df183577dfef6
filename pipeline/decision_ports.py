"""The seam for approvals and surveys: whose word is awaited until when, and what people answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from .domain.survey import Survey

AwaitedStep = Literal["remind", "escalate", "waiting"]


@dataclass(frozen=True, kw_only=True)
class ApprovalStep:
    """A place of an approval that nobody has decided in, and what is due there. Without a time nothing is:
    nobody is left who could be asked."""

    incident: str
    approval: str
    place: int
    step: AwaitedStep
    due_at: datetime | None
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Answers of one day, group and service: how many of each score, 1 to 5."""

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

    def due_approval_steps(self, now: datetime, limit: int) -> list[ApprovalStep]: ...

    def move_approval_step(self, was: ApprovalStep, now: ApprovalStep) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says."""

    def offer_survey(self, survey: Survey, since: datetime) -> bool:
        """Keep a new survey, unless this person was asked after `since`, or for this round already. False
        then, and nothing is kept. Of two at once one is kept."""

    def survey(self, survey_id: str) -> Survey | None: ...

    def surveys_on(self, incident_ids: Sequence[str]) -> list[Survey]: ...

    def move_survey(self, was: Survey, now: Survey) -> bool:
        """False, and nothing is changed, when it was answered since `was` was read."""


class DecisionQueries(Protocol):
    """What people look at: read-only, each call one short transaction of its own."""

    def awaited(self, limit: int = 200) -> list[ApprovalStep]:
        """Places in which a word is awaited, those asked first coming first."""

    def scores(self, since: date) -> list[Scores]:
        """Answers from that day (UTC) on, oldest first."""

    def answers(
        self, *, since: datetime, limit: int, most_score: int = 5, after: str | None = None
    ) -> list[Survey]:
        """Answered surveys, newest first; those given after that moment, with at most that score, beyond
        the survey `after`."""
