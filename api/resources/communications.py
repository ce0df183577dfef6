"""A communication and its messages, and what a person can do about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.domain.communication import Reason
from pipeline.domain.request import Request as DeskRequest

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import communication_named, message_named, refuse_foreign_alarm
from .shapes import (
    CommunicationDetail,
    CommunicationSummary,
    MessageDetail,
    MessageSummary,
    Sentence,
    communication_summary,
    message_summary,
    said,
)

router = APIRouter(route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
Actor = Annotated[Caller, Depends(allowed("act"))]
FAILED = ("maybe_sent", "rejected", "parked")


class Why(Body):
    """A person's reason, which is kept."""

    reason: str = Field(default="", max_length=1000)


class Done(BaseModel):
    done: bool = True


class AlarmSummary(BaseModel):
    key: str
    reason: Sentence
    raised_at: str
    incident: str | None


class Waiting(BaseModel):
    """All that waits for a person."""

    communications: list[CommunicationSummary]
    messages: list[MessageSummary]
    alarms: list[AlarmSummary]


@router.get(
    "/communications/{name}",
    tags=["incidents"],
    summary="One communication: why, what, and whether it may leave",
    responses=READING,
)
def show_communication(request: Request, caller: Reader, name: str) -> CommunicationDetail:
    """With its texts in both languages, what was found in them, and its release."""
    app = heliograph_of(request)
    found = communication_named(request, name, caller)
    return CommunicationDetail(
        **communication_summary(app, found).model_dump(),
        drafts=app.queries.drafts(name),
        releases=app.queries.releases(name),
    )


@router.get(
    "/messages/{name}", tags=["incidents"], summary="One message, as it goes", responses=READING
)
def show_message(request: Request, caller: Reader, name: str) -> MessageDetail:
    """The finished text for its recipient, and every attempt to hand it over."""
    app = heliograph_of(request)
    found = message_named(request, name, caller)
    finished = app.preview(found)
    return MessageDetail(
        **message_summary(found).model_dump(),
        subject=finished.subject,
        text=finished.text,
        html=finished.html,
        attempts=app.queries.attempts([name]).get(name, []),
    )


@router.get("/waiting", tags=["waiting"], summary="What waits for a person", responses=READING)
def list_waiting(request: Request, _: Reader) -> Waiting:
    """Held and parked communications, messages that failed, and alarms."""
    app = heliograph_of(request)
    return Waiting(
        communications=[communication_summary(app, c) for c in app.queries.held()],
        messages=[message_summary(m) for m in app.queries.messages(states=FAILED)],
        alarms=[
            AlarmSummary(
                key=a.key,
                reason=said(app, Reason(code=a.code, values=a.values)),
                raised_at=a.raised_at.isoformat(),
                incident=a.incident,
            )
            for a in app.queries.alarms()
        ],
    )


@router.get(
    "/requests", tags=["waiting"], summary="What we asked the owning desk to do", responses=READING
)
def list_requests(
    request: Request,
    _: Reader,
    all_: Annotated[bool, Query(alias="all", description="Confirmed ones too.")] = False,
) -> list[DeskRequest]:
    """A connector to the desk takes them from here; the desk's next event confirms each."""
    return heliograph_of(request).queries.requests(open_only=not all_)


@router.post(
    "/communications/{name}/discard", tags=["waiting"], summary="Do not send it", responses=ACTING
)
def discard(request: Request, caller: Actor, name: str, body: Why) -> Done:
    """For a held or parked communication."""
    communication_named(request, name, caller)
    heliograph_of(request).acts.discard(name, caller.name, body.reason)
    return Done()


@router.post(
    "/communications/{name}/retry", tags=["waiting"], summary="Draft it again", responses=ACTING
)
def retry(request: Request, caller: Actor, name: str) -> Done:
    """For a parked communication, for instance after its template was mended."""
    communication_named(request, name, caller)
    heliograph_of(request).acts.retry(name, caller.name)
    return Done()


@router.post("/messages/{name}/resend", tags=["waiting"], summary="Send it again", responses=ACTING)
def resend(request: Request, caller: Actor, name: str) -> Done:
    """For a message that failed, or of which nobody knows whether it was sent."""
    message_named(request, name, caller)
    heliograph_of(request).acts.resend(name, caller.name)
    return Done()


@router.post("/messages/{name}/give-up", tags=["waiting"], summary="Put it aside", responses=ACTING)
def give_up(request: Request, caller: Actor, name: str) -> Done:
    """For a message that failed: it will not be sent, and is no longer asked about."""
    message_named(request, name, caller)
    heliograph_of(request).acts.give_up(name, caller.name)
    return Done()


@router.post("/alarms/clear", tags=["waiting"], summary="An alarm was seen to", responses=ACTING)
def clear_alarm(
    request: Request, caller: Actor, key: Annotated[str, Query(max_length=400)]
) -> Done:
    """It is raised again when its cause comes again."""
    refuse_foreign_alarm(request, key, caller)
    heliograph_of(request).acts.clear_alarm(key, caller.name)
    return Done()
