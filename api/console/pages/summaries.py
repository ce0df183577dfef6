"""A summary on its page: asked for, watched, traced to its evidence, edited, released, sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Reason
from pipeline.domain.directory import LONGEST_TEXT, Role
from pipeline.domain.errors import (
    Malformed,
    NotAllowed,
    StaleVersion,
    WrongState,
)
from pipeline.domain.incident import Incident
from pipeline.domain.summary import Summary
from pipeline.flow.summaries.drafts import Asked, untold

from ...auth.summary_readers import refuse_unreadable
from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ...event_stream import Say, streamed, wants_events
from ...resources.summary_telling import say_progress
from ...resources.summary_wishes import SummaryWanted
from ..reasons import sentence_of
from ..rendering import language_of, page
from ..summary_view import shown
from ..words import word
from .acts import MOST, incident_of, plain, run_in_pool, version_of

router = APIRouter()
Act = Callable[[Heliograph, Incident, Summary, Visitor, dict[str, str]], Any]


@router.post("/incidents/{name}/summaries")
async def ask(request: Request, name: str) -> Response:
    form = await request.form(max_fields=10, max_part_size=MOST)
    return await run_in_pool(_asked, request, name, plain(form))


@router.get("/incidents/{name}/summaries/{summary}")
def show(request: Request, name: str, summary: str) -> Response:
    visitor = visitor_of(request)
    incident, found = _found(heliograph_of(request), visitor, name, summary)
    return _page(request, visitor, incident, found)


@router.post("/incidents/{name}/summaries/{summary}/{act}")
async def act(request: Request, name: str, summary: str, act: str) -> Response:
    form = await request.form(max_fields=10, max_part_size=MOST)
    return await run_in_pool(_acted, request, name, summary, act, plain(form))


def _asked(request: Request, name: str, given: dict[str, str]) -> Response:
    visitor = _worker(request, given)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    wishes = {k: given[k] for k in ("audience", "language", "length") if given.get(k)}
    try:
        body = SummaryWanted.model_validate(wishes)
    except ValidationError:
        raise Malformed("there is no summary of that kind", field="audience") from None
    wanted = body.wanted(app.settings, incident, visitor.person.zone, visitor.person)
    asked = app.summarising.summaries.ask(incident, wanted, by=visitor.person.id)
    if wants_events(request):
        return _watched(request, app, visitor, asked, incident)
    made = app.summarising.summaries.make(asked, untold)
    return RedirectResponse(f"/incidents/{incident.id}/summaries/{made.id}", status_code=303)


def _watched(
    request: Request, app: Heliograph, visitor: Visitor, asked: Asked, incident: Incident
) -> Response:
    """Each step in the visitor's words; at the end the address of the draft."""
    language = language_of(request, visitor)

    def work(say: Say) -> None:
        def in_words(event: str, value: Any) -> None:
            step = word(language, f"step:{value['step']}")
            say(event, {**value, "words": word(language, f"progress:{event}", step=step)})

        def why(reason: Reason) -> str:
            return sentence_of(reason, app.library, language, datetime.isoformat)

        made = app.summarising.summaries.make(asked, lambda p: say_progress(in_words, p, why))
        for n, sentence in enumerate(made.draft.sentences):
            say("sentence", {"n": n, "text": sentence.text})
        say("done", {"to": f"/incidents/{incident.id}/summaries/{made.id}"})

    return streamed(request.url.path, work)


def _edit(
    app: Heliograph, incident: Incident, found: Summary, visitor: Visitor, given: dict[str, str]
) -> None:
    text = given.get("text", "").replace("\r\n", "\n")
    checked = app.summarising.summaries.check(
        incident, found, text, by=visitor.person.id, zone=visitor.person.zone
    )
    app.summarising.summaries.edit(found, checked)


def _release(
    app: Heliograph, _i: Incident, found: Summary, visitor: Visitor, given: dict[str, str]
) -> None:
    app.summarising.acts.release(found, by=visitor.person.id, why=given.get("reason", ""))


def _discard(
    app: Heliograph, _i: Incident, found: Summary, visitor: Visitor, given: dict[str, str]
) -> None:
    app.summarising.acts.discard(found, by=visitor.person.id, why=given.get("reason", ""))


def _send(
    app: Heliograph, incident: Incident, found: Summary, visitor: Visitor, given: dict[str, str]
) -> None:
    app.summarising.acts.send(incident, found, by=visitor.person.id, version=version_of(given))


ACTS: dict[str, Act] = {"edit": _edit, "release": _release, "discard": _discard, "send": _send}


def _acted(request: Request, name: str, summary: str, act: str, given: dict[str, str]) -> Response:
    visitor = _worker(request, given)
    app = heliograph_of(request)
    incident, found = _found(app, visitor, name, summary)
    if act not in ACTS:
        raise NotAllowed("there is nothing of that kind to do")
    if given.get("revision") != str(found.revision):
        return _page(request, visitor, incident, found, given, changed_meanwhile=True)
    try:
        ACTS[act](app, incident, found, visitor, given)
    except StaleVersion:
        again = _found(app, visitor, name, summary)
        return _page(request, visitor, *again, given, changed_meanwhile=True)
    except WrongState as refused:
        again = _found(app, visitor, name, summary)
        return _page(request, visitor, *again, given, hindrance=refused.hindrance.value)
    return RedirectResponse(f"/incidents/{incident.id}/summaries/{found.id}", status_code=303)


def _page(
    request: Request,
    visitor: Visitor,
    incident: Incident,
    found: Summary,
    given: dict[str, str] | None = None,
    *,
    changed_meanwhile: bool = False,
    hindrance: str = "",
) -> Response:
    app, language = heliograph_of(request), language_of(request, visitor)
    values = {
        **shown(app, found, incident, visitor, language),
        "may_act": visitor.role.includes(Role.TECHNICIAN),
        # What somebody typed is not lost to a refusal.
        "typed": (given or {}).get("text", found.current.text),
        "reason": (given or {}).get("reason", ""),
        "changed_meanwhile": changed_meanwhile,
        "hindrance": hindrance,
        "longest": LONGEST_TEXT,
    }
    status = 409 if changed_meanwhile or hindrance else 200
    return page(request, "summary.html", values, visitor=visitor, status=status)


def _found(app: Heliograph, visitor: Visitor, name: str, summary: str) -> tuple[Incident, Summary]:
    incident = incident_of(app, name)
    found = app.summarising.summaries.one(incident.id, summary)
    return incident, refuse_unreadable(visitor, incident, found)


def _worker(request: Request, given: dict[str, str]) -> Visitor:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    return visitor
