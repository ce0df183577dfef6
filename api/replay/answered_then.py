"""What did people answer when they were asked how it went? A low answer is told to managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import HeliographError
from pipeline.domain.incident import Incident
from pipeline.domain.survey import Survey, SurveyKind
from pipeline.ports import Transaction


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The last word of one person on one round: words before it are not kept."""

    at: datetime
    survey: Survey


def answers_on(tx: Transaction, incident: Incident) -> tuple[Answer, ...]:
    kept = [one for kind in SurveyKind for one in tx.surveys_on([incident.id], kind)]
    return tuple(Answer(at=s.answered_at, survey=s) for s in kept if s.answered_at and s.score)


def answer_again(app: Heliograph, incident: Incident, answer: Answer) -> None:
    """Where she is asked by these rules too."""
    said = answer.survey
    with app.store.read() as tx:
        asked = tx.surveys_on([incident.id], said.kind)
    for one in asked:
        if (one.person, one.round) == (said.person, said.round):
            try:
                app.deciding.surveys.answer(one.id, said.score or 0, said.comment or "")
            except HeliographError:
                return
