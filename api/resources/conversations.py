"""What people said to each other about a ticket: logs come in, and are read line by line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.conversation import KeptConversation
from pipeline.domain.times import Instant
from pipeline.drafting.conversation import MOST_LINES, Line
from pipeline.flow.summaries.brought import SIZE

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import JsonRoute
from .log_bodies import body_of, described
from .log_shapes import LogBody
from .of_incident import incident_named
from .shapes import Sentence, said

ADDING = f"""A mail thread (.eml, .mbox), an export of Slack or Teams, chats of Feishu, DingTalk and WeCom as
text, conversations of ServiceDesk Plus, call notes, `[10:32] name: text`; or a zip of them. At most {SIZE};
of more than {MOST_LINES:,} lines the newest are kept.

Sent again it is the same one: `added` is false, and the status 200."""
router = APIRouter(prefix="/incidents", tags=["conversations"])
_json = APIRouter(route_class=JsonRoute)
Worker = Annotated[Caller, Depends(allowed("act"))]
"""What was said is for those who work on the ticket."""


class ConversationSummary(BaseModel):
    """A log, without its words."""

    id: str
    name: str
    format: str = Field(
        description="The reader that knew it; two joined by `+` read a zip of both."
    )
    zone: str
    shared: bool
    lines: int
    dropped: int = Field(description="Paragraphs that were too many: the oldest.")
    speakers: int
    octets: int
    first_at: Instant | None
    last_at: Instant | None
    added_at: Instant
    added_by: str
    problems: list[Sentence] = Field(description="What was wrong with the log.")


class AddedConversation(ConversationSummary):
    added: bool = Field(description="False when the same log was there already.")


class LineShape(BaseModel):
    """One paragraph of one message."""

    n: int
    message: int
    at: Instant | None
    at_as_written: str
    day_assumed: bool
    speaker: str
    person: str | None
    text: str
    part: str
    quoted: bool
    repeated: bool
    visible: str | None


class ConversationDetail(ConversationSummary):
    said: list[LineShape] = Field(description="In the order of the conversation.")


@router.post(
    "/{name:path}/conversations",
    summary="Add a conversation",
    description=ADDING,
    status_code=201,
    responses=ACTING,
    openapi_extra=described(LogBody),
)
async def add(request: Request, caller: Worker, name: str, answer: Response) -> AddedConversation:
    body, files = await body_of(request, LogBody)
    return await run_in_threadpool(_added, request, caller, name, body, files, answer)


def _added(
    request: Request, caller: Caller, name: str, body: LogBody, files: Any, answer: Response
) -> AddedConversation:
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    zone = caller.person.zone if caller.person else app.settings.zone
    brought = body.brought(files, zone)
    kept, is_new = app.summarising.conversations.add(incident, brought, by=caller.name)
    answer.status_code = 201 if is_new else 200
    return AddedConversation(**_shape(app, kept), added=is_new)


@_json.get("/{name:path}/conversations", summary="Its conversations", responses=READING)
def list_conversations(request: Request, caller: Worker, name: str) -> list[ConversationSummary]:
    """In the order in which they were added."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    found = app.summarising.conversations.of(incident.id)
    return [ConversationSummary(**_shape(app, kept)) for kept in found]


@_json.get(
    "/{name:path}/conversations/{conversation}/files",
    summary="The files as they came",
    responses=READING,
    response_class=Response,
)
def show_files(request: Request, caller: Worker, name: str, conversation: str) -> Response:
    """A zip."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    kept = app.summarising.conversations.one(incident.id, conversation)
    headers = {"Content-Disposition": f'attachment; filename="{kept.id}.zip"'}
    content = app.summarising.conversations.files(kept.id)
    return Response(content, media_type="application/zip", headers=headers)


@_json.get("/{name:path}/conversations/{conversation}", summary="Line by line", responses=READING)
def show(request: Request, caller: Worker, name: str, conversation: str) -> ConversationDetail:
    """With signatures, notices and repeated history, each marked as what it is."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    kept = app.summarising.conversations.one(incident.id, conversation)
    lines = app.summarising.conversations.lines(kept.id)
    return ConversationDetail(**_shape(app, kept), said=[_line(line) for line in lines])


@_json.delete(
    "/{name:path}/conversations/{conversation}",
    summary="Take it away",
    status_code=204,
    responses=READING,
)
def remove(request: Request, caller: Worker, name: str, conversation: str) -> None:
    """Its words are gone; the timeline keeps that it was there, and so does what was sent; what
    summaries quoted of it, and what models were asked, goes too."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    app.summarising.conversations.remove(incident, conversation, by=caller.name)


def _shape(app: Heliograph, kept: KeptConversation) -> dict[str, Any]:
    values = kept.model_dump(exclude={"incident", "digest", "problems"})
    return {**values, "problems": [said(app, reason) for reason in kept.problems]}


def _line(line: Line) -> LineShape:
    return LineShape(
        n=line.n,
        message=line.message,
        at=line.at,
        at_as_written=line.at_as_written,
        day_assumed=line.day_assumed,
        speaker=line.speaker,
        person=line.person,
        text=line.text,
        part=line.part.value,
        quoted=line.quoted,
        repeated=line.repeated,
        visible=line.visible.value if line.visible else None,
    )


router.include_router(_json)
