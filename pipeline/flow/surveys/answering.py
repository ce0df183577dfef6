"""Somebody says how it went: the last word counts, and a low one is raised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ...domain.communication import Communication, Kind, Reason
from ...domain.directory import is_visible
from ...domain.errors import Hindrance, StaleVersion, UnknownThing, WrongState
from ...domain.survey import Survey, SurveyKind, Tally
from ...policy.surveys import SurveyRules
from ...ports import Alarm, Clock, Ids, Store, Transaction
from ..library import Library
from .candidates import LED

MANAGERS = "managers"
RULE = "raise-low-score"
TRIES = 5


class SurveyActs:
    """What a person answers; who may is for whoever checked the link."""

    def __init__(
        self, store: Store, clock: Clock, ids: Ids, library: Library, wake: Callable[[], None]
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._wake = library, wake

    def answer(self, survey_id: str, score: int, comment: str = "") -> Survey:
        """The survey with its answer; saying the same again changes nothing. Raises WrongState when its time
        is over, ValueError for a score that is none."""
        for _ in range(TRIES):
            now, rules = self._clock.now(), self._library.rules.surveys
            with self._store.write() as tx:
                was = tx.survey(survey_id)
                if was is None:
                    raise UnknownThing("there is no such survey")
                if now >= was.expires_at:
                    raise WrongState(Hindrance.EXPIRED, "this survey cannot be answered any more")
                after = _answered(was, score, comment, now)
                if after is None:
                    return was
                if not tx.move_survey(was, after):
                    continue
                self._raise(tx, was, after, rules, now)
            self._wake()
            return after
        raise StaleVersion("the survey is being answered elsewhere; try again")

    def _raise(
        self, tx: Transaction, was: Survey, now: Survey, rules: SurveyRules, at: datetime
    ) -> None:
        """A slip that is mended in time tells nobody (`score_changed`)."""
        alarm, most = alarm_key(now), rules.low
        of_many = now.kind is SurveyKind.INFORMED
        if not of_many or tx.tally(now.incident, now.kind).low(most) == 0:
            tx.clear_alarm(alarm, at)
        if now.score is None or now.score > most:
            return
        incident = tx.incident(now.incident)
        values = {"number": incident.number if incident else "", "score": str(now.score)}
        code = "low_informed" if of_many else "low_score"
        tx.raise_alarm(
            Alarm(key=alarm, code=code, values=values, raised_at=at, incident=now.incident)
        )
        if was.score is None or was.score > most:
            self._tell(tx, now, rules, at)

    def _tell(self, tx: Transaction, survey: Survey, rules: SurveyRules, at: datetime) -> None:
        """Of one ticket each low score is told once. Of a major incident many may say so: what waits tells of all of
        them, and after it nobody is told again for a while."""
        of_many, due_at = survey.kind is SurveyKind.INFORMED, at + rules.raise_after
        waiting = [c for c in tx.planned(survey.incident) if c.kind is Kind.LOW_SCORE]
        if any(c.survey == survey.id or (of_many and c.audience == LED) for c in waiting):
            return
        if of_many:
            told = [
                when for kind, when in tx.kinds_told(survey.incident, LED) if kind == Kind.LOW_SCORE
            ]
            due_at = max([due_at, *(when + rules.raise_again for when in told)])
        tx.add_communications([self._communication(survey, at, due_at)])

    def _communication(self, survey: Survey, now: datetime, due_at: datetime) -> Communication:
        of_many = survey.kind is SurveyKind.INFORMED
        return Communication(
            id=self._ids.new("com"),
            incident=survey.incident,
            kind=Kind.LOW_SCORE,
            audience=LED if of_many else MANAGERS,
            rule=RULE,
            reason=Reason(code="low_informed_raised" if of_many else "low_score_raised"),
            due_at=due_at,
            created_at=now,
            events=(),
            survey=survey.id,
        )


def alarm_key(survey: Survey) -> str:
    """Of a major incident there is one alarm, however many say so."""
    of_many = survey.kind is SurveyKind.INFORMED
    return f"informed:{survey.incident}" if of_many else f"survey:{survey.id}"


def score_changed(
    c: Communication, survey: Survey | None, tally: Tally | None, rules: SurveyRules
) -> Reason | None:
    """Why a low score is not told any more: it was raised before that was due, and of many nobody's is low."""
    if c.kind is not Kind.LOW_SCORE:
        return None
    still_low = survey is not None and survey.score is not None and survey.score <= rules.low
    others = tally is not None and tally.low(rules.low) > 0
    return None if still_low or others else Reason(code="score_changed")


def _answered(was: Survey, score: int, comment: str, now: datetime) -> Survey | None:
    """None where nothing is new."""
    words = comment.strip() if is_visible(comment) else None
    if (was.score, was.comment) == (score, words):
        return None
    said = {"score": score, "comment": words, "answered_at": now, "revision": was.revision + 1}
    return Survey.model_validate({**was.model_dump(), **said})
