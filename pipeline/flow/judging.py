"""Somebody says whether an article helped: a word that is an event of its ticket, and what follows from it."""

from __future__ import annotations

from typing import Literal

from knowledge.article import Article

from ..article_ports import ArticleQueries
from ..domain.errors import ContentDiffers, UnknownIncident, UnknownThing
from ..domain.events import ArticleJudged, Closed
from ..domain.incident import Incident
from ..domain.lattices import TicketState
from ..domain.payload import PersonRef
from ..domain.request import Request
from ..domain.suggested import Opinion
from ..ports import Clock, Ids, Queries, Store
from .intake import Intake
from .own_events import own_event

_OVER = (TicketState.RESOLVED, TicketState.CLOSED)


class Judging:
    """The word and the closing that follows from it are one transaction."""

    def __init__(
        self,
        *,
        store: Store,
        articles: ArticleQueries,
        queries: Queries,
        clock: Clock,
        ids: Ids,
        intake: Intake,
    ) -> None:
        self._store, self._articles, self._queries = store, articles, queries
        self._clock, self._ids, self._intake = clock, ids, intake

    def judge(
        self, incident_id: str, article_id: str, opinion: Opinion, *, by: str
    ) -> Literal["closed", "requested", "noted"]:
        """Somebody says whether an article helped with a ticket.

        When its requester says that it is solved, the ticket is closed where we own it, and its desk is asked
        to where it does. Saying the same twice is saying it once. Raises UnknownIncident, UnknownThing,
        StaleVersion.
        """
        incident = self._queries.incident(incident_id)
        if incident is None:
            raise UnknownIncident(f"no ticket {incident_id[:100]}")
        kept = self._articles.kept(article_id)
        if kept is None:
            raise UnknownThing(f"no article {article_id[:100]}")
        ends = opinion is Opinion.SOLVED and _is_her_own(incident, by) and _may_end(incident)
        said_before = self._articles.opinions_on(incident.id, by).get(article_id) is opinion
        if said_before and not ends:
            return "noted"
        ours = incident.owner == "heliograph"
        self._record(incident, kept.article, opinion, by, close=ends and ours)
        if not ends:
            return "noted"
        if ours:
            return "closed"
        self._ask_to_close(incident, kept.article, by)
        return "requested"

    def _record(
        self, incident: Incident, article: Article, opinion: Opinion, by: str, *, close: bool
    ) -> None:
        now, title = self._clock.now(), " ".join(article.title.split())
        said = ArticleJudged(article=article.id, title=title, opinion=opinion, by=PersonRef(id=by))
        events = [own_event(incident, said, f"judge:{article.id}", now)]
        if close:
            after = incident.model_copy(update={"version": incident.version + 1})
            events.append(own_event(after, Closed(solved_by=title), "close", now))
        try:
            self._intake.accept(events)
        except ContentDiffers:
            # Pressed twice at the same moment: the other one was first, and said the same.
            return

    def _ask_to_close(self, incident: Incident, article: Article, by: str) -> None:
        request = Request(
            id=self._ids.new("req"),
            incident=incident.id,
            kind="close",
            text=article.title,
            asked_by=by,
            asked_at=self._clock.now(),
        )
        with self._store.write() as tx:
            if not any(r.kind == "close" for r in tx.open_requests(incident.id)):
                tx.add_request(request)


def _is_her_own(incident: Incident, person: str) -> bool:
    return incident.requester is not None and incident.requester.value.id == person


def _may_end(incident: Incident) -> bool:
    """A major incident is not over because one of those whom it hits is."""
    return incident.state.value not in _OVER and incident.major is None
