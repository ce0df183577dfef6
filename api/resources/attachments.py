"""Which tickets belong to a major incident? They are put to it by the rule, or by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.domain.directory import Key
from pipeline.domain.errors import UnknownIncident
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Basis, Detached

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import incident_named

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=JsonRoute)


class AttachedTicket(BaseModel):
    id: str
    number: str
    title: str
    basis: Basis = Field(description="Its service, a name in its title, or a person's word.")


class AttachedList(BaseModel):
    tickets_saved: int = Field(description="How many belong to it.")
    tickets: list[AttachedTicket] = Field(description="The newest of them.")


class AttachRequest(Body):
    incident: Key = Field(description="Id or number of the major incident.")


class Belongs(BaseModel):
    attached_to: str | None = Field(description="The id of the major incident's ticket.")


@router.get("/{name:path}/attached", summary="Tickets that belong to it", responses=READING)
def list_attached(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("read"))],
    name: str,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> AttachedList:
    """Of a major incident; nothing belongs to an ordinary ticket."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    count, found = app.portal.queries.attached(incident.id, limit)
    tickets = [
        AttachedTicket(id=i.id, number=i.number, title=i.title.value, basis=i.attached.value.basis)
        for i in found
        if i.attached is not None
    ]
    return AttachedList(tickets_saved=count, tickets=tickets)


@router.post("/{name:path}/attach", summary="It belongs to a major incident", responses=ACTING)
def attach(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    name: str,
    body: AttachRequest,
) -> Belongs:
    """Its requester hears of it from now on as one of those affected."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    major = app.queries.incident(body.incident)
    if major is None or major.major is None:
        raise UnknownIncident(f"{body.incident[:100]} is no major incident", field="incident")
    data = Attached(
        incident=major.id, number=major.number, basis="person", by=PersonRef(id=caller.name)
    )
    app.acts.record(incident.id, data, version=incident.version)
    return Belongs(attached_to=major.id)


@router.post("/{name:path}/detach", summary="It is another trouble", responses=ACTING)
def detach(
    request: Request, caller: Annotated[Caller, Depends(allowed("act"))], name: str
) -> Belongs:
    """One that belongs to none is refused."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    data = Detached(by=PersonRef(id=caller.name))
    app.acts.record(incident.id, data, version=incident.version)
    return Belongs(attached_to=None)
