"""One communication: why, in which words, with what findings, and to whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.domain.agreement import Ballot
from pipeline.domain.communication import MARK
from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing, WrongState
from pipeline.domain.findings import FindingLevel, Verdict

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ..agreements import standings, voter_of
from ..findings import told
from ..passage_view import passage_laid
from ..rendering import language_of, page

router = APIRouter()
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups"
)
"""A mail's own page: no script, no request, and only our pages may frame it."""


@router.get("/communications/{name}")
def show(request: Request, name: str) -> HTMLResponse:
    return _page(request, name)


def _page(request: Request, name: str, error: str = "") -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    found = app.queries.communication(name)
    if found is None:
        raise UnknownThing(f"no communication {name[:100]}")
    drafts = app.queries.drafts(name)
    messages = app.queries.messages(communication_id=name)
    releases = app.queries.releases(name)
    stopped_by = found.outcome.values.get("by") if found.outcome else None
    acted = {*(r.by for r in releases), *([stopped_by] if stopped_by else [])}
    verdict = Verdict(findings=tuple(f for d in drafts for f in d.verdict.findings))
    values = {
        "communication": found,
        "incident": app.queries.incident(found.incident),
        "events": [e for e in app.queries.stream(found.incident) if e.id in found.events],
        "drafts": drafts,
        "passage": passage_laid(
            app,
            name,
            drafts,
            zone=visitor.person.zone,
            language=language_of(request, visitor),
        ),
        "findings": told(
            verdict.findings, language_of(request, visitor), app.library.texts.phrases
        ),
        "blocked": verdict.level is FindingLevel.BLOCK,
        "held_by_findings": verdict.level is FindingLevel.HOLD,
        "releases": releases,
        "standing": standings(app, [name]).get(name),
        "people": app.queries.people(sorted(acted)),
        "messages": messages,
        "attempts": app.queries.attempts([m.id for m in messages]),
        "may_act": visitor.role.includes(Role.TECHNICIAN),
        "error": error,
        "path": f"/communications/{name}",
    }
    return page(request, "communication.html", values, visitor=visitor)


@router.get("/renditions/{name}/html")
def html_of(request: Request, name: str) -> Response:
    """The mail as its readers get it, with a visible place for each value that differs by reader."""
    visitor_of(request)
    found = heliograph_of(request).queries.rendition(name)
    if found is None or found.html is None:
        raise UnknownThing(f"no mail {name[:100]}")
    return framed(MARK.sub(r"‹\1›", found.html))


def framed(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAMED})


@router.post("/communications/{name}/{act}")
def do(
    request: Request,
    name: str,
    act: str,
    csrf: Annotated[str, Form()] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    app = heliograph_of(request)
    acts, by = app.acts, visitor.person.id
    try:
        match act:
            case "release":
                app.releasing.vote(name, voter_of(visitor.person), Ballot.AGREE, reason)
            case "veto":
                app.releasing.vote(name, voter_of(visitor.person), Ballot.VETO, reason)
            case "discard":
                acts.discard(name, by, reason)
            case "retry":
                acts.retry(name, by)
            case _:
                raise UnknownThing("there is nothing of that kind to do")
    except WrongState as refused:
        # Somebody else was quicker, or a reason is missing: the page says so, and shows what holds.
        return _page(request, name, refused.hindrance.value)
    return RedirectResponse(f"/communications/{name}", status_code=303)
