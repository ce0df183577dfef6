"""A requester reads an article that was told for her ticket, and says whether it helped. Opening the page
changes nothing: mail scanners open links too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from knowledge.article import Article
from knowledge.display import html_of
from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import BadSignature, Refused
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import TicketState
from pipeline.domain.suggested import Opinion
from pipeline.flow.links import ARTICLE
from pipeline.policy.readers import labels_of

from ..auth.article_readers import today
from ..auth.visitors import check_origin, heliograph_of
from ..console.rendering import page
from .opened import desk_of, gone, is_requester, language_for

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
WITHDRAWN = 410


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link that counts: this article, for this person's ticket, `until` then. Without an article: it was
    withdrawn, or is not for her any more."""

    incident: Incident
    article: Article | None
    person: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """An article that its requester was told of, with what she said, and its page's path."""

    article: Article
    said: Opinion | None
    path: str


@router.get("/a/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    opened = _open(heliograph_of(request), token)
    return gone(request) if opened is None else _page(request, opened)


@router.post("/a/{token}")
def judge(
    request: Request, token: str, opinion: Annotated[str, Form(max_length=20)] = ""
) -> HTMLResponse:
    """The signed link is the permission; another site cannot know it, and may not use it."""
    check_origin(request)
    app = heliograph_of(request)
    opened = _open(app, token)
    if opened is None:
        return gone(request)
    if opened.article is None or opinion not in set(Opinion):
        return _page(request, opened)
    try:
        said = app.judging.judge(
            opened.incident.id, opened.article.id, Opinion(opinion), by=opened.person
        )
    except Refused as refused:
        # Her ticket moved on in the same moment; the page asks her to press once more.
        log.info("a word on an article was refused", incident=opened.incident.id, why=str(refused))
        return _page(request, opened, done="again")
    return _page(request, _again(app, opened), done=said)


def told_for(app: Heliograph, incident: Incident, person: str, until: datetime) -> list[Told]:
    """What she was told of for this ticket and may still read, in the order of their titles."""
    told = app.found_articles.articles(app.found_articles.told_on(incident.id))
    said = app.found_articles.opinions_on(incident.id, person)
    readable = [a for a in told.values() if _may_read(app, a, person)]
    return [
        Told(
            article=a,
            said=said.get(a.id),
            path=app.links.article_path(incident, a.id, person, until),
        )
        for a in sorted(readable, key=lambda a: (a.title, a.id))
    ]


def _open(app: Heliograph, token: str) -> Opened | None:
    try:
        said = app.signer.open(ARTICLE, token, app.clock.now())
        until = app.signer.until(ARTICLE, token)
    except BadSignature:
        return None
    incident, person = app.queries.incident(said["incident"]), said["person"]
    if incident is None or not is_requester(incident, person):
        return None
    kept = app.found_articles.kept(said["article"])
    article = kept.article if kept and _may_read(app, kept.article, person) else None
    return Opened(incident=incident, article=article, person=person, until=until)


def _again(app: Heliograph, opened: Opened) -> Opened:
    """With the ticket as it stands now."""
    incident = app.queries.incident(opened.incident.id) or opened.incident
    return replace(opened, incident=incident)


def _may_read(app: Heliograph, article: Article, person: str) -> bool:
    """As the directory knows her now, and on this day."""
    return article.holds_on(today(app)) and article.is_for(labels_of(app.queries.person(person)))


def _page(request: Request, opened: Opened, *, done: str = "") -> HTMLResponse:
    app, incident, article = heliograph_of(request), opened.incident, opened.article
    person = app.queries.people([opened.person], source=incident.source).get(opened.person)
    values = {
        "incident": incident,
        # No longer than the link that she came by.
        "ticket_path": app.links.ticket_path(incident, opened.person, opened.until),
        **({} if article is None else _article(app, opened, article, done)),
        **desk_of(app),
    }
    return page(
        request,
        "withdrawn_article.html" if article is None else "told_article.html",
        values,
        language=language_for(request, app, person),
        zone=person.zone if person else app.settings.zone,
        status=WITHDRAWN if article is None else 200,
    )


def _article(app: Heliograph, opened: Opened, article: Article, done: str) -> dict[str, Any]:
    """When it did not help, what else she was told of is offered, but for what did not help either."""
    told = told_for(app, opened.incident, opened.person, opened.until)
    said = app.found_articles.opinions_on(opened.incident.id, opened.person).get(article.id)
    others = [t for t in told if t.article.id != article.id and t.said is not Opinion.NOT_THIS]
    return {
        "article": article,
        "body": html_of(article.body),
        "said": said,
        "done": done,
        "others": others if said is Opinion.NOT_THIS else [],
        "over": opened.incident.state.value in (TicketState.RESOLVED, TicketState.CLOSED),
    }
