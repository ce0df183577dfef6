"""Tickets as they stand, their timeline, and what was told about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from pipeline.domain.lattices import TicketState
from pipeline.domain.promise import Promise
from pipeline.ports import Search

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .clock_shapes import IncidentDetail, incident_detail
from .of_incident import incident_named
from .shapes import (
    CommunicationSummary,
    Cursor,
    IncidentList,
    MessageSummary,
    TimelineEvent,
    communication_summary,
    incident_summary,
    message_summary,
    timeline_event,
)

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]


class Reopening(Body):
    """Why it is not right yet."""

    reason: str = Field(default="", max_length=4000)


@router.get("", summary="Find tickets", response_model=IncidentList, responses=READING)
def list_incidents(
    request: Request,
    _: Reader,
    q: Annotated[str, Query(max_length=200, description="Words in number, title, requester.")] = "",
    state: Annotated[list[TicketState] | None, Query(description="Only these states.")] = None,
    group: str | None = None,
    service: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: Annotated[Cursor | None, Query(description="`after` of the page before.")] = None,
) -> IncidentList:
    """The newest change comes first."""
    search = Search(
        q=q,
        states=tuple(s.value for s in state or ()),
        group=group,
        service=service,
        limit=limit,
        after=after,
    )
    page = heliograph_of(request).queries.incidents(search)
    return IncidentList(
        incidents=[incident_summary(i) for i in page.incidents],
        counts=page.counts,
        after=page.after,
    )


@router.get(
    "/{name:path}/events",
    summary="Its timeline",
    response_model=list[TimelineEvent],
    responses=READING,
)
def list_events(request: Request, caller: Reader, name: str) -> list[TimelineEvent]:
    """In the order in which they were recorded."""
    incident = incident_named(request, name, caller)
    return [timeline_event(e) for e in heliograph_of(request).queries.stream(incident.id)]


@router.get(
    "/{name:path}/communications",
    summary="What was planned, told, and not told, with reasons",
    response_model=list[CommunicationSummary],
    responses=READING,
)
def list_communications(request: Request, caller: Reader, name: str) -> list[CommunicationSummary]:
    """Newest first."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    return [communication_summary(app, c) for c in app.queries.communications(incident.id)]


@router.get(
    "/{name:path}/messages",
    summary="Its messages, one for each recipient",
    response_model=list[MessageSummary],
    responses=READING,
)
def list_messages(request: Request, caller: Reader, name: str) -> list[MessageSummary]:
    """Newest first."""
    found = heliograph_of(request).queries.messages(
        incident_id=incident_named(request, name, caller).id
    )
    return [message_summary(m) for m in found]


@router.get(
    "/{name:path}/promises",
    summary="Times that were announced",
    response_model=list[Promise],
    responses=READING,
)
def list_promises(request: Request, caller: Reader, name: str) -> list[Promise]:
    """Open, kept, broken or withdrawn."""
    return heliograph_of(request).queries.promises(incident_named(request, name, caller).id)


@router.post("/{name:path}/reopen", summary="Not fixed: reopen it", responses=ACTING)
def reopen(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    name: str,
    body: Reopening,
) -> dict[str, str]:
    """`reopened` where the ticket is ours; `requested` where an outside desk owns it, whose next event
    confirms it."""
    incident = incident_named(request, name, caller)
    done = heliograph_of(request).acts.reopen(incident.id, caller.name, body.reason)
    return {"result": done}


# After the others: a number may hold a slash, so this address takes whatever they leave.
@router.get("/{name:path}", summary="One ticket", response_model=IncidentDetail, responses=READING)
def show_incident(request: Request, caller: Reader, name: str) -> IncidentDetail:
    """By id, or by number; with the clocks of its service levels."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    return incident_detail(incident, app.clocks.of_incident(incident.id), app.clock.now())
