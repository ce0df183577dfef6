"""Somebody's word on an article came in as an event: what follows from it, in the same transaction?

Later tickets like this one are answered better; and when its own requester calls a ticket solved that a desk
owns, the desk is asked to close it.
"""

from __future__ import annotations

from ...domain.events import Event
from ...domain.incident import Incident
from ...domain.mark_events import ArticleJudged
from ...domain.request import Request
from ...domain.suggested import Judged, Opinion
from ...ports import Transaction
from .lookups import question_of


def ends_by(incident: Incident, person: str) -> bool:
    """Whether this person's "this solved it" ends the ticket: it is hers, still open, and no major incident,
    which is not over because one of those whom it hits is."""
    hers = incident.requester is not None and incident.requester.value.id == person
    return hers and not incident.state.value.is_over and incident.major is None


def keep(tx: Transaction, event: Event, incident: Incident) -> None:
    """A word on an article that is not here is only history."""
    said = event.data
    if not isinstance(said, ArticleJudged) or not tx.kept_articles([said.article]):
        return
    judged = Judged(
        article=said.article,
        incident=incident.id,
        person=said.by.id,
        opinion=said.opinion,
        question=question_of(incident),
        at=event.recorded_at,
    )
    tx.save_judged([judged])
    solved = said.opinion is Opinion.SOLVED and ends_by(incident, said.by.id)
    if solved and incident.owner == "desk":
        _ask_to_close(tx, event, said)


def _ask_to_close(tx: Transaction, event: Event, said: ArticleJudged) -> None:
    if any(r.kind == "close" for r in tx.open_requests(event.incident_id)):
        return
    tx.add_request(
        Request(
            id=f"req_{event.id}",
            incident=event.incident_id,
            kind="close",
            text=said.title,
            asked_by=said.by.id,
            asked_at=event.recorded_at,
        )
    )
