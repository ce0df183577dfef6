"""A requester reads an article that was told for her ticket, and says whether it helped. Opening the page
changes nothing: mail scanners open links too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

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
from pipeline.flow.links import ARTICLE, TICKET
from pipeline.policy.readers import labels_of

from ..auth.visitors import check_origin, heliograph_of
from ..console.rendering import page
from .opened import desk_of, gone, is_requester, language_for

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link that counts: this article, for this person's ticket, `until` then."""

    incident: Incident
    article: Article
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
    return gone(request) if opened is None else _article(request, opened)


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
    if opinion not in set(Opinion):
        return _article(request, opened)
    try:
        said = app.articles.judge(
            opened.incident.id, opened.article.id, Opinion(opinion), by=opened.person
        )
    except Refused as refused:
        # Her ticket moved on in the same moment; the page asks her to press once more.
        log.info("a word on an article was refused", incident=opened.incident.id, why=str(refused))
        return _article(request, opened, done="again")
    return _article(request, _again(app, opened), done=said)


def told_for(app: Heliograph, incident: Incident, person: str, until: datetime) -> list[Told]:
    """What she was told of for this ticket and may still read, in the order of their titles."""
    told = app.found_articles.articles(app.found_articles.told_on(incident.id))
    said = app.found_articles.opinions_on(incident.id, person)
    readable = [a for a in told.values() if _may_read(app, a, person)]
    return [
        Told(article=a, said=said.get(a.id), path=_path(app, incident, a, person, until))
        for a in sorted(readable, key=lambda a: (a.title, a.id))
    ]


def _path(app: Heliograph, incident: Incident, a: Article, person: str, until: datetime) -> str:
    payload = {"incident": incident.id, "article": a.id, "person": person}
    return f"/a/{app.signer.sign(ARTICLE, payload, until)}"


def _open(app: Heliograph, token: str) -> Opened | None:
    try:
        said = app.signer.open(ARTICLE, token, app.clock.now())
        until = app.signer.until(ARTICLE, token)
    except BadSignature:
        return None
    incident = app.queries.incident(said["incident"])
    kept = app.found_articles.kept(said["article"])
    if kept is None or not is_requester(incident, said["person"]):
        return None
    if incident is None or not _may_read(app, kept.article, said["person"]):
        return None
    return Opened(incident=incident, article=kept.article, person=said["person"], until=until)


def _again(app: Heliograph, opened: Opened) -> Opened:
    """With the ticket as it stands now."""
    incident = app.queries.incident(opened.incident.id) or opened.incident
    return Opened(
        incident=incident, article=opened.article, person=opened.person, until=opened.until
    )


def _may_read(app: Heliograph, article: Article, person: str) -> bool:
    """As the directory knows her now, and on this day."""
    return article.holds_on(_today(app)) and article.is_for(labels_of(app.queries.person(person)))


def _today(app: Heliograph) -> date:
    return app.clock.now().astimezone(ZoneInfo(app.settings.zone)).date()


def _article(request: Request, opened: Opened, *, done: str = "") -> HTMLResponse:
    app, incident = heliograph_of(request), opened.incident
    person = app.queries.people([opened.person], source=incident.source).get(opened.person)
    # No longer than the link that she came by: or one that leaked could be renewed for ever.
    ticket = app.signer.sign(
        TICKET, {"incident": incident.id, "person": opened.person}, opened.until
    )
    said = app.found_articles.opinions_on(incident.id, opened.person).get(opened.article.id)
    values = {
        "incident": incident,
        "article": opened.article,
        "body": html_of(opened.article.body),
        "said": said,
        "done": done,
        "over": incident.state.value in (TicketState.RESOLVED, TicketState.CLOSED),
        "ticket_path": f"/t/{ticket}",
        **desk_of(app),
    }
    return page(
        request,
        "told_article.html",
        values,
        language=language_for(request, app, person),
        zone=person.zone if person else app.settings.zone,
    )
