"""Summaries: written for one kind of readers, looked at, edited, released and sent by people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import StaleVersion
from pipeline.domain.incident import Incident
from pipeline.domain.summary import Edited, Summary
from pipeline.flow.summaries.drafts import Asked, untold
from pipeline.flow.writing.ladder import Tell
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
    in_english,
    summary_shape,
    telling_of,
    zone_of,
)
from .summary_telling import say_progress, say_summary, summary_shapes
from .summary_wishes import SEEN, EditBody, LogSummaryBody, SendBody, SummaryBody

router = APIRouter(tags=["summaries"])
_json = APIRouter(route_class=JsonRoute)


class Acted(Why):
    revision: int | None = Field(default=None, ge=1, description=SEEN)


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
    app, incident = heliograph_of(request), incident_named(request, name, caller)
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
    """Newest first. What was cut for those who work on it, what is not released, and why steps fell need
    the scope `act`, for the source of the ticket."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    found = readable(caller, incident, app.summarising.summaries.of(incident.id))
    return summary_shapes(app, incident, found, zone_of(app, caller))


@_json.get(ONE, summary="One summary", responses=READING)
def show(request: Request, caller: Reader, name: str, summary: str) -> SummaryShape:
    """Its sentences, what each rests on, and what people did with it."""
    app = heliograph_of(request)
    _, found = _found(request, caller, name, summary)
    return summary_shape(app, found, zone_of(app, caller))


@_json.post(
    f"{ONE}/check",
    summary="Check a person's words",
    responses=ACTING,
)
def check(request: Request, caller: Worker, name: str, summary: str, body: EditBody) -> EditedShape:
    """What the checks find in them, held to what is on record now. Nothing is kept: `edit` does that."""
    app, zone = heliograph_of(request), zone_of(heliograph_of(request), caller)
    found, text = _looked_at(request, caller, name, summary, body)
    return edited_shape(text, telling_of(app, found, zone))


@_json.post(f"{ONE}/edit", summary="Keep a person's words", responses=ACTING)
def edit(request: Request, caller: Worker, name: str, summary: str, body: EditBody) -> SummaryShape:
    """Checked, and kept beside the draft, which stays as it was; a release that it had is void."""
    app = heliograph_of(request)
    found, text = _looked_at(request, caller, name, summary, body)
    return summary_shape(app, app.summarising.summaries.edit(found, text), zone_of(app, caller))


@_json.post(f"{ONE}/release", summary="It may be sent", responses=ACTING)
def release(request: Request, caller: Worker, name: str, summary: str, body: Acted) -> SummaryShape:
    """Findings that hold it need a reason: those of its writing, and those of the record as it is now, to
    which it is held once more. A refusal names them (`findings`), and `held` keeps them."""
    app = heliograph_of(request)
    _, found = _found(request, caller, name, summary, body.revision)
    done = app.summarising.acts.release(found, by=caller.name, why=body.reason)
    return summary_shape(app, done, zone_of(app, caller))


@_json.post(f"{ONE}/send", summary="Send it, or keep it as a note", responses=ACTING)
def send(request: Request, caller: Worker, name: str, summary: str, body: SendBody) -> SummaryShape:
    """As an event of the ticket, which `leaves_as` names: a statement to those affected or on the public
    page, or a note that the requester gets. For all other readers, leaders and the front line among them,
    it is kept as an internal note, and nobody is sent anything. A statement that was released in the other
    language too leaves in both, each to those who read it. 409 when the ticket has changed since, and, with `findings`, when the record
    as it is now holds the text as it did not at its release: then it is a draft again."""
    app = heliograph_of(request)
    incident, found = _found(request, caller, name, summary, body.revision)
    done = app.summarising.acts.send(incident, found, by=caller.name, version=body.version)
    return summary_shape(app, done, zone_of(app, caller))


@_json.post(f"{ONE}/discard", summary="Put it aside", responses=ACTING)
def discard(request: Request, caller: Worker, name: str, summary: str, body: Acted) -> SummaryShape:
    """Nobody gets it; it stays readable, with who put it aside and why. What has left is not taken back."""
    app = heliograph_of(request)
    _, found = _found(request, caller, name, summary, body.revision)
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
        return summary_shape(app, summary, zone, problems)

    if not wants_events(request):
        return made(untold)

    def work(say: Say) -> None:
        say_summary(say, made(lambda progress: say_progress(say, progress, in_english(app))))

    return streamed(request.url.path, work)


def _looked_at(
    request: Request, caller: Caller, name: str, summary: str, body: EditBody
) -> tuple[Summary, Edited]:
    """The summary, and a person's words for it with what the checks say of them. Raises StaleVersion."""
    app = heliograph_of(request)
    incident, found = _found(request, caller, name, summary, body.revision)
    zone = zone_of(app, caller)
    checked = app.summarising.summaries.check
    return found, checked(incident, found, body.text, by=caller.name, zone=zone)


def _found(
    request: Request, caller: Caller, name: str, summary: str, revision: int | None = None
) -> tuple[Incident, Summary]:
    """Raises StaleVersion when it is no longer at the revision that the caller saw."""
    incident = incident_named(request, name, caller)
    found = heliograph_of(request).summarising.summaries.one(incident.id, summary)
    found = refuse_unreadable(caller, incident, found)
    if revision not in (None, found.revision):
        raise StaleVersion(
            f"this summary is at revision {found.revision} by now: look at it again",
            field="revision",
        )
    return incident, found


router.include_router(_json)
