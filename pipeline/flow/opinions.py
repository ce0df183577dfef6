"""Somebody's word on an article came in as an event: later tickets like this one are answered better."""

from __future__ import annotations

from ..domain.events import ArticleJudged, Event
from ..domain.incident import Incident
from ..domain.suggested import Judged
from ..ports import Transaction
from .lookups import question_of


def keep(tx: Transaction, event: Event, incident: Incident) -> None:
    """With the event, in its transaction. A word on an article that is not here is only history."""
    said = event.data
    if isinstance(said, ArticleJudged) and tx.kept_articles([said.article]):
        judged = Judged(
            article=said.article,
            incident=incident.id,
            person=said.by.id,
            opinion=said.opinion,
            question=question_of(incident),
            at=event.recorded_at,
        )
        tx.save_judged([judged])
