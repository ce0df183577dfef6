"""Somebody says how it went: the last word counts, and a low one is raised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ...domain.communication import Communication, Kind, Reason
from ...domain.directory import is_visible
from ...domain.errors import Hindrance, StaleVersion, UnknownThing, WrongState
from ...domain.survey import Survey
from ...policy.surveys import SurveyRules
from ...ports import Alarm, Clock, Ids, Store, Transaction
from ..library import Library

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
        """A slip that is mended in time tells nobody (`offering.score_changed`)."""
        key = f"survey:{now.id}"
        tx.clear_alarm(key, at)
        if now.score is None or now.score > rules.low:
            return
        incident = tx.incident(now.incident)
        values = {"number": incident.number if incident else "", "score": str(now.score)}
        tx.raise_alarm(
            Alarm(key=key, code="low_score", values=values, raised_at=at, incident=now.incident)
        )
        was_low = was.score is not None and was.score <= rules.low
        waits = any(c.survey == now.id for c in tx.planned(now.incident))
        if not was_low and not waits:
            tx.add_communications([self._communication(now, at, at + rules.raise_after)])

    def _communication(self, survey: Survey, now: datetime, due_at: datetime) -> Communication:
        return Communication(
            id=self._ids.new("com"),
            incident=survey.incident,
            kind=Kind.LOW_SCORE,
            audience=MANAGERS,
            rule=RULE,
            reason=Reason(code="low_score_raised"),
            due_at=due_at,
            created_at=now,
            events=(),
            survey=survey.id,
        )


def _answered(was: Survey, score: int, comment: str, now: datetime) -> Survey | None:
    """None where nothing is new."""
    words = comment.strip() if is_visible(comment) else None
    if (was.score, was.comment) == (score, words):
        return None
    said = {"score": score, "comment": words, "answered_at": now, "revision": was.revision + 1}
    return Survey.model_validate({**was.model_dump(), **said})
