"""A ticket was resolved: is its requester asked how it went? Decided in the event's own unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ...domain.communication import Communication, Kind, Reason
from ...domain.events import Event, Resolved
from ...domain.incident import Incident
from ...domain.survey import Survey
from ...policy.surveys import SurveyRules, is_surveyed
from ...ports import Ids, Transaction

_WITH_SURVEY = frozenset({Kind.RESOLUTION, Kind.LOW_SCORE})


def offer(
    tx: Transaction, event: Event, after: Incident, rules: SurveyRules, ids: Ids, now: datetime
) -> None:
    """At most one survey for a round of a ticket, and one for a person in `once_in`: the rows say so, also
    where two tickets of hers are resolved in the same moment."""
    if not isinstance(event.data, Resolved) or after.requester is None or not is_surveyed(after):
        return
    if after.resolution is None or after.resolution.event != event.id:
        # It tells late of a solution that another one took the place of.
        return
    survey = Survey(
        id=ids.new("srv"),
        incident=after.id,
        round=after.reopened_times,
        person=after.requester.value.id,
        asked_at=now,
        expires_at=now + rules.open_for,
        group=after.group.value if after.group else None,
        service=after.service.value if after.service else None,
    )
    tx.offer_survey(survey, now - rules.once_in)


def surveys_for(
    tx: Transaction, claimed: Sequence[Communication], known: Mapping[str, Incident]
) -> dict[str, Survey]:
    """By communication: the survey that it is about, or, for the word that it is fixed, the one of this round.
    One query for all of them, and none where none of them needs it."""
    asking = [c for c in claimed if c.kind in _WITH_SURVEY and c.incident in known]
    kept = tx.surveys_on(sorted({c.incident for c in asking}))
    return {
        c.id: survey for c in asking for survey in kept if _belongs(survey, c, known[c.incident])
    }


def score_changed(c: Communication, survey: Survey | None, rules: SurveyRules) -> Reason | None:
    """Why a low score is not told any more: it was raised before that was due."""
    if c.kind is not Kind.LOW_SCORE:
        return None
    still_low = survey is not None and survey.score is not None and survey.score <= rules.low
    return None if still_low else Reason(code="score_changed")


def _belongs(survey: Survey, c: Communication, incident: Incident) -> bool:
    """Not of another ticket of the same batch, nor of a round that did not last."""
    if c.survey is not None:
        return survey.id == c.survey
    return (survey.incident, survey.round) == (incident.id, incident.reopened_times)
