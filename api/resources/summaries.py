"""Summaries: written for one kind of readers, looked at, edited, released and sent by people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import StaleVersion
from pipeline.domain.incident import Incident
from pipeline.domain.summary import Summary
from pipeline.flow.ladder import Tell
from pipeline.flow.summary_drafts import Asked, untold
from pipeline.summary_writing import read_alone

from ..auth.callers import Caller, allowed
from ..auth.summary_readers import readable, refuse_unreadable
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, PROBLEMS, READING
from ..event_stream import MEDIA_TYPE, Say, streamed, wants_events
from ..json_routes import JsonRoute
from .communications import Why
from .log_bodies import body_of, described
from .of_incident import incident_named
from .shapes import Sentence, said
from .summary_shapes import (
    EditedShape,
    SummaryShape,
    edited_shape,
    say_progress,
    say_summary,
    shape_of,
    summary_shape,
    telling_of,
    zone_of,
)
from .summary_wishes import CheckBody, LogSummaryBody, SendBody, SummaryBody

router = APIRouter(tags=["summaries"])
_json = APIRouter(route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
Worker = Annotated[Caller, Depends(allowed("act"))]
WRITING: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
    **ACTING,
    503: PROBLEMS[503],
}
ONE = "/incidents/{name:path}/summaries/{summary}"


@_json.post(
    "/incidents/{name:path}/summaries",
    summary="Write a summary",
    response_model=SummaryShape,
    responses=WRITING,
)
def write(request: Request, caller: Worker, name: str, body: SummaryBody) -> Any:
    """A draft, of what those readers may know: sentences with the facts and quoted lines that each rests
    on, findings, who wrote it, and which steps were tried before.

    With `Accept: text/event-stream` it is told while it is written: `begun` and `fell` for each step,
    `sentence` for each that passed the checks, then `done` with the whole, or `failed`.
    """
    app, incident = heliograph_of(request), incident_named(request, name)
    wanted = body.wanted(app.settings, incident, body.zone, caller.person)
    asked = app.summarising.summaries.ask(incident, wanted, by=caller.name)
    return _answered(request, app, asked, wanted.zone.key)


@router.post(
    "/summaries",
    summary="Summarise a conversation alone",
    response_model=SummaryShape,
    responses=WRITING,
    openapi_extra=described(LogSummaryBody),
)
async def write_alone(request: Request, caller: Worker) -> Any:
    """Of a log that belongs to no ticket; nothing of it is kept. For people outside only lines are used that
    the log marks as shown to them; of a log that marks none, those in whose words nothing belongs inside."""
    body, files = await body_of(request, LogSummaryBody)
    return await run_in_threadpool(_write_alone, request, caller, body, files)


@_json.get("/incidents/{name:path}/summaries", summary="Its summaries", responses=READING)
def list_summaries(request: Request, caller: Reader, name: str) -> list[SummaryShape]:
    """Newest first. What was cut for those who work on it needs the scope `act`."""
    app, incident = heliograph_of(request), incident_named(request, name)
    found = readable(caller, app.summarising.summaries.of(incident.id))
    return [summary_shape(app, one, zone_of(app, caller)) for one in found]


@_json.get(ONE, summary="One summary", responses=READING)
def show(request: Request, caller: Reader, name: str, summary: str) -> SummaryShape:
    app = heliograph_of(request)
    _, found = _found(request, caller, name, summary)
    return summary_shape(app, found, zone_of(app, caller))


@_json.post(
    f"{ONE}/check",
    summary="Check a person's words",
    response_model=SummaryShape | EditedShape,
    responses=ACTING,
)
def check(request: Request, caller: Worker, name: str, summary: str, body: CheckBody) -> Any:
    """Kept beside the draft, which stays as it was; a release that it had is void. With `keep: false`
    only what the checks find is told."""
    app = heliograph_of(request)
    incident, found = _found(request, caller, name, summary)
    if body.revision not in (None, found.revision):
        raise StaleVersion("somebody changed this summary meanwhile: look at it again")
    zone = zone_of(app, caller)
    summaries = app.summarising.summaries
    text = summaries.check(incident, found, body.text, by=caller.name, zone=zone)
    if not body.keep:
        return edited_shape(text, telling_of(app, found, zone))
    return summary_shape(app, summaries.edit(found, text), zone)


@_json.post(f"{ONE}/release", summary="It may be sent", responses=ACTING)
def release(request: Request, caller: Worker, name: str, summary: str, body: Why) -> SummaryShape:
    """Findings that hold it need a reason."""
    app = heliograph_of(request)
    _, found = _found(request, caller, name, summary)
    done = app.summarising.acts.release(found, by=caller.name, why=body.reason)
    return summary_shape(app, done, zone_of(app, caller))


@_json.post(f"{ONE}/send", summary="Send it", responses=ACTING)
def send(request: Request, caller: Worker, name: str, summary: str, body: SendBody) -> SummaryShape:
    """As an event of the ticket: a statement to those affected or on the public page, a note that the
    requester gets, or an internal note for all others. 409 when the ticket has changed since."""
    app = heliograph_of(request)
    incident, found = _found(request, caller, name, summary)
    done = app.summarising.acts.send(incident, found, by=caller.name, version=body.version)
    return summary_shape(app, done, zone_of(app, caller))


@_json.post(f"{ONE}/discard", summary="Put it aside", responses=ACTING)
def discard(request: Request, caller: Worker, name: str, summary: str, body: Why) -> SummaryShape:
    app = heliograph_of(request)
    _, found = _found(request, caller, name, summary)
    done = app.summarising.acts.discard(found, by=caller.name, why=body.reason)
    return summary_shape(app, done, zone_of(app, caller))


def _write_alone(request: Request, caller: Caller, body: LogSummaryBody, files: Any) -> Any:
    app = heliograph_of(request)
    wanted = body.wanted(app.settings, None, body.zone, caller.person)
    now = body.now or app.clock.now()
    found = read_alone(body.brought(files, wanted.zone.key), now, app.library.reason)
    asked = app.summarising.summaries.ask_alone(found.lines, wanted, now=now, by=caller.name)
    problems = [said(app, problem.reason) for problem in found.problems]
    return _answered(request, app, asked, wanted.zone.key, problems)


def _answered(
    request: Request,
    app: Heliograph,
    asked: Asked,
    zone: str,
    problems: Sequence[Sentence] = (),
) -> SummaryShape | Response:
    """What can be refused was refused before: a stream cannot change its status."""

    def made(tell: Tell) -> SummaryShape:
        summary = app.summarising.summaries.make(asked, tell)
        return shape_of(summary, telling_of(app, summary, zone), problems)

    if not wants_events(request):
        return made(untold)

    def work(say: Say) -> None:
        say_summary(say, made(lambda progress: say_progress(say, progress)))

    return streamed(work)


def _found(request: Request, caller: Caller, name: str, summary: str) -> tuple[Incident, Summary]:
    incident = incident_named(request, name)
    found = heliograph_of(request).summarising.summaries.one(incident.id, summary)
    return incident, refuse_unreadable(caller, found)


router.include_router(_json)
