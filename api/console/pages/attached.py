"""A person puts a ticket to a major incident, or takes it away; and how many an incident has saved."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import Refused
from pipeline.domain.incident import Incident
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Detached

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from .acts import incident_of, version_of

router = APIRouter()
SHOWN = 20
"""Attached tickets on the page of a major incident."""


@router.post("/incidents/{name}/attach")
def attach(
    request: Request,
    name: str,
    csrf: Annotated[str, Form()] = "",
    version: Annotated[str, Form(max_length=12)] = "",
    major: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """`major` is the number, or the id, of the major incident."""
    visitor, incident = _acting(request, name, csrf)
    found = heliograph_of(request).queries.incident(major.strip())
    if found is None or found.major is None:
        return _back(incident, "unknown")
    data = Attached(
        incident=found.id, number=found.number, basis="person", by=PersonRef(id=visitor.person.id)
    )
    return _recorded(request, incident, data, version)


@router.post("/incidents/{name}/detach")
def detach(
    request: Request,
    name: str,
    csrf: Annotated[str, Form()] = "",
    version: Annotated[str, Form(max_length=12)] = "",
) -> Response:
    visitor, incident = _acting(request, name, csrf)
    return _recorded(request, incident, Detached(by=PersonRef(id=visitor.person.id)), version)


def attached_on(app: Heliograph, incident: Incident, trouble: str) -> dict[str, Any]:
    """What the page of a ticket shows of it: of a major incident its tickets, of a ticket where it belongs."""
    count, tickets = app.portal.queries.attached(incident.id, SHOWN) if incident.major else (0, [])
    home = app.queries.incident(incident.attached_to) if incident.attached_to else None
    open_now = [] if incident.major or home else app.queries.majors("open")
    return {
        "saved": count,
        "attached_tickets": tickets,
        "home": home,
        "open_majors": [m for m in open_now if m.id != incident.id],
        "attaching_failed": trouble in ("unknown", "refused"),
    }


def _acting(request: Request, name: str, csrf: str) -> tuple[Visitor, Incident]:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    return visitor, incident_of(heliograph_of(request), name)


def _recorded(
    request: Request, incident: Incident, data: Attached | Detached, version: str
) -> Response:
    try:
        seen = version_of({"version": version})
        heliograph_of(request).acts.record(incident.id, data, version=seen)
    except Refused:
        return _back(incident, "refused")
    return _back(incident)


def _back(incident: Incident, trouble: str = "") -> Response:
    query = f"?attaching={trouble}" if trouble else ""
    return RedirectResponse(f"/incidents/{incident.id}{query}", status_code=303)
