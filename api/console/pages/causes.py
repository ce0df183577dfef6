"""Possible causes of an incident: looked at, confirmed, ruled out, taken back. For those who work on it."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LONGEST_TEXT, Bilingual, Language, Role
from pipeline.domain.errors import NotAllowed, StaleVersion, UnknownThing, WrongState
from pipeline.domain.incident import Incident

from ...auth.visitors import Visitor, check_csrf, heliograph_of, visitor_with
from ..act_fields import in_words
from ..cause_view import causes_shown
from ..rendering import language_of, page
from .acts import incident_of, plain, run_in_pool

router = APIRouter()
MOST = 128 * 1024
LONGEST = 4000


@router.get("/incidents/{name}/causes")
def show(request: Request, name: str) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    return _page(request, visitor, incident_of(heliograph_of(request), name))


@router.post("/incidents/{name}/causes")
async def decide(request: Request, name: str) -> Response:
    form = await request.form(max_fields=20, max_part_size=MOST)
    return await run_in_pool(_decided, request, name, plain(form))


@router.post("/incidents/{name}/causes/take")
def take(
    request: Request,
    name: str,
    candidate: Annotated[str, Form(max_length=200)],
    csrf: Annotated[str, Form()] = "",
    text_language: Annotated[str, Form(max_length=2)] = "en",
) -> Response:
    """Into the report, as a suspected factor. What somebody else took meanwhile, or wrote there, is shown there."""
    visitor = visitor_with(request, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    language: Language = "zh" if text_language == "zh" else "en"
    with suppress(StaleVersion, UnknownThing):
        app.suspicions.take(
            incident, candidate, language, by=visitor.person.id, zone=visitor.person.zone
        )
    return RedirectResponse(f"/incidents/{incident.id}/report?text={language}#factors", 303)


def _decided(request: Request, name: str, given: dict[str, str]) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    try:
        problem = _act(app, incident, visitor.person.id, given)
    except WrongState as refused:
        problem = refused.hindrance.value
    except (StaleVersion, UnknownThing):
        problem = "moved_on"
    if problem:
        return _page(request, visitor, incident_of(app, name), problem, given)
    return RedirectResponse(f"/incidents/{incident.id}/causes", status_code=303)


def _act(app: Heliograph, incident: Incident, by: str, given: dict[str, str]) -> str:
    """The code of what is missing; empty when it is done."""
    key, decision = given.get("candidate", "")[:200], given.get("decision", "")
    if decision == "confirmed":
        cause = in_words("cause", {name: text[:LONGEST_TEXT] for name, text in given.items()})
        if cause is None:
            return "reason_needed"
        app.causes.confirm(incident.id, key, _words(cause), by=by)
    elif decision == "ruled_out":
        app.causes.rule_out(incident.id, key, given.get("reason", "")[:LONGEST], by=by)
    elif decision == "undone":
        app.causes.undo(incident.id, key, by=by)
    else:
        raise NotAllowed("there is nothing of that kind to do")
    return ""


def _words(cause: Any) -> Any:
    return Bilingual.model_validate(cause) if isinstance(cause, dict) else cause


def _page(
    request: Request,
    visitor: Visitor,
    incident: Incident,
    problem: str = "",
    given: dict[str, str] | None = None,
) -> Response:
    app = heliograph_of(request)
    deciders = {one.by.id for one in incident.causes if one.by}
    values = {
        "incident": incident,
        "causes": causes_shown(app, incident, language_of(request, visitor), visitor.person.zone),
        "people": app.queries.people(sorted(deciders)),
        "problem": problem,
        "given": given or {},
        "longest": LONGEST,
    }
    status = 409 if problem else 200
    return page(request, "causes.html", values, visitor=visitor, status=status)
