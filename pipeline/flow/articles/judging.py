"""Somebody says whether an article helped: a word that is an event of its ticket, and what follows from it."""

from __future__ import annotations

import hashlib
from typing import Literal

import structlog

from knowledge.article import Article

from ...article_ports import ArticleQueries
from ...domain.errors import ContentDiffers, UnknownIncident, UnknownThing
from ...domain.events import Closed
from ...domain.incident import Incident
from ...domain.mark_events import ArticleJudged
from ...domain.payload import PersonRef
from ...domain.suggested import Opinion
from ...ports import Clock, Queries
from ..intake import Intake
from ..own_events import own_event
from .opinions import ends_by

log = structlog.get_logger(__name__)


class Judging:
    """The word and what follows from it, a closing or a request to the desk, are one transaction."""

    def __init__(
        self,
        *,
        articles: ArticleQueries,
        queries: Queries,
        clock: Clock,
        intake: Intake,
    ) -> None:
        self._articles, self._queries = articles, queries
        self._clock, self._intake = clock, intake

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
        ends = opinion is Opinion.SOLVED and ends_by(incident, by)
        said_before = self._articles.opinions_on(incident.id, by).get(article_id) is opinion
        if said_before and not ends:
            return "noted"
        self._record(
            incident, kept.article, opinion, by, close=ends and incident.owner == "heliograph"
        )
        if not ends:
            return "noted"
        now = self._queries.incident(incident.id) or incident
        if now.state.value.is_over:
            return "closed"
        return "requested" if now.owner == "desk" else "noted"

    def _record(
        self, incident: Incident, article: Article, opinion: Opinion, by: str, *, close: bool
    ) -> None:
        now, title = self._clock.now(), " ".join(article.title.split())
        said = ArticleJudged(article=article.id, title=title, opinion=opinion, by=PersonRef(id=by))
        # Whose word, and which: two people who press at once are two, one who presses twice is one.
        mark = hashlib.sha256(f"{article.id}\x1f{by}\x1f{opinion}".encode()).hexdigest()[:16]
        events = [own_event(incident, said, f"judge:{mark}", now)]
        if close:
            after = incident.model_copy(update={"version": incident.version + 1})
            events.append(own_event(after, Closed(solved_by=title), f"close:{mark}", now))
        try:
            self._intake.accept(events)
        except ContentDiffers:
            log.info("the same word twice at once: the first counts", incident=incident.id)
