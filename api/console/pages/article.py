"""One article: what it says, who may read it, what became of it, and what people said."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from knowledge.article import Standing
from knowledge.display import html_of
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import Refused, UnknownThing
from pipeline.domain.incident import Incident
from pipeline.domain.suggested import Opinion

from ...auth.article_readers import EDITOR, today
from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..article_readers import article_for, may_edit
from ..bars import bars_of, first_day
from ..changes import changes
from ..names import people_on
from ..rendering import page
from ..ticket_articles import SAID, is_over
from . import article_questions

router = APIRouter()
SERIES = ("told", "solved", "not_this")
MOST_REVISIONS = 50
DONE = frozenset(
    {
        *("retired", "restored", "written", "put_back", "put_back_retired"),
        *article_questions.ANSWERS.values(),
    }
) | {article_questions.STALE}


@router.get("/knowledge/{name}")
def show(
    request: Request, name: str, ticket: str = "", done: str = "", said: str = ""
) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    incident = app.queries.incident(ticket) if ticket else None
    kept = article_for(app, visitor, name, incident)
    revisions = app.found_articles.revisions(name, MOST_REVISIONS)
    opinions = app.found_articles.said_of(name)
    questions = app.found_articles.questions(name)
    people = {r.by for r in revisions} | ({questions.reviewed_by} if questions else set())
    values = {
        "kept": kept,
        "article": kept.article,
        "body": html_of(kept.article.body),
        "holds": kept.article.holds_on(today(app)),
        "use": app.found_articles.use_of([name])[name],
        "bars": _bars(app, name),
        "questions": questions,
        "opinions": opinions,
        "sayers": people_on(app.queries, [(s.judged.incident, s.judged.person) for s in opinions]),
        "revisions": revisions,
        "people": app.queries.people(sorted(people)),
        "groups": app.queries.groups(),
        "may_edit": may_edit(visitor),
        "done": done if done in DONE else "",
        **_ticket(app, visitor, name, incident, said),
    }
    return page(request, "article.html", values, visitor=visitor)


def _bars(app: Heliograph, name: str) -> Any:
    day = today(app)
    counted = [
        (d.day, (d.told, d.solved, d.not_this))
        for d in app.found_articles.days_of(name, first_day(day))
    ]
    return bars_of(counted, SERIES, day)


def _ticket(
    app: Heliograph, visitor: Visitor, name: str, incident: Incident | None, said: str
) -> dict[str, Any]:
    """The ticket for which a technician looks at it, and what she said of it there."""
    if incident is None or not visitor.role.includes(Role.TECHNICIAN):
        return {"ticket": None, "my_opinion": None, "said": "", "over": False}
    mine = app.found_articles.opinions_on(incident.id, visitor.person.id).get(name)
    return {
        "ticket": incident,
        "my_opinion": mine,
        "said": said if said in SAID else "",
        "over": is_over(incident),
    }


@router.post("/knowledge/{name}/opinion")
def judge(
    request: Request,
    name: str,
    ticket: Annotated[str, Form(max_length=400)] = "",
    opinion: Annotated[str, Form(max_length=20)] = "",
    back: Annotated[str, Form(max_length=20)] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    app = heliograph_of(request)
    incident = app.queries.incident(ticket)
    article_for(app, visitor, name, incident)
    if incident is None or opinion not in set(Opinion):
        raise UnknownThing("there is no such ticket, or nothing of that kind to say")
    said = _judged(app, incident, name, Opinion(opinion), visitor)
    where = f"/incidents/{incident.id}" if back == "ticket" else f"/knowledge/{name}"
    asked = f"?said={said}" if back == "ticket" else f"?ticket={incident.id}&said={said}"
    return RedirectResponse(where + asked, status_code=303)


def _judged(
    app: Heliograph, incident: Incident, name: str, opinion: Opinion, visitor: Visitor
) -> str:
    try:
        return app.judging.judge(incident.id, name, opinion, by=visitor.person.id)
    except Refused:
        # The ticket moved on in the same moment: the page that follows shows how it stands.
        return "moved_on"


@router.get("/knowledge/{name}/revisions/{n}")
def revision(request: Request, name: str, n: int) -> HTMLResponse:
    """What one change did; for editors alone, since what was taken out may have had its reasons."""
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    app = heliograph_of(request)
    kept = article_for(app, visitor, name)
    found = app.found_articles.revision(name, n)
    if found is None:
        raise UnknownThing(f"article {name[:100]} has no revision {n}")
    before = app.found_articles.revision(name, n - 1)
    values = {
        "article": kept.article,
        "revision": found,
        "newest": n == app.found_articles.latest_revision(name),
        "changes": changes(before.article, found.article) if before else None,
        "body": html_of(found.article.body),
        "people": app.queries.people([found.by]),
        "groups": app.queries.groups(),
    }
    return page(request, "article_revision.html", values, visitor=visitor)


@router.post("/knowledge/{name}/{act}")
def do(
    request: Request,
    name: str,
    act: str,
    n: Annotated[str, Form(max_length=9)] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    check_csrf(request, {"csrf": csrf}, visitor)
    articles, by = heliograph_of(request).articles, visitor.person.id
    match act:
        case "retire":
            articles.retire([name], by=by)
            done = "retired"
        case "restore":
            articles.restore([name], by=by)
            done = "restored"
        case "put-back" if n.isdecimal():
            put_back = articles.put_back(name, int(n), by=by)
            is_retired = put_back.standing is Standing.RETIRED
            done = "put_back_retired" if is_retired else "put_back"
        case _:
            raise UnknownThing("there is nothing of that kind to do")
    return RedirectResponse(f"/knowledge/{name}?done={done}", status_code=303)
