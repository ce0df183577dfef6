"""What of a survey is written with its messages? Who is asked, and who is not and why; the rows decide between two at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ...domain.communication import Reason
from ...domain.survey import Offer, Survey, Unasked
from ...policy.surveys import SurveyRules
from ...ports import Transaction


def keep(
    tx: Transaction,
    offers: Mapping[str, Offer],
    unasked: Sequence[Unasked],
    rules: SurveyRules,
    now: datetime,
) -> set[str]:
    """The readers who get no message after all: their turn was taken since it was looked for. `offers` are by
    reader; those that are there already stay."""
    if not offers and not unasked:
        return set()
    there = {s.id for s in tx.surveys_by_id([o.survey.id for o in offers.values()])}
    new = [offer for offer in offers.values() if offer.survey.id not in there]
    there |= tx.offer_surveys(new, now - rules.once_in)
    lost = {reader: o.survey for reader, o in offers.items() if o.survey.id not in there}
    lately = Reason(code="survey_asked_lately")
    tx.keep_unasked([*unasked, *(unasked_as(survey, lately, now) for survey in lost.values())])
    return set(lost)


def unasked_as(survey: Survey, reason: Reason, now: datetime) -> Unasked:
    """That this survey was not made."""
    return Unasked(
        kind=survey.kind,
        incident=survey.incident,
        round=survey.round,
        person=survey.person,
        decided_at=now,
        reason=reason,
    )
