"""What waits for a person: held texts, messages that failed, alarms, and what we asked of a desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.domain.communication import Reason
from pipeline.domain.directory import Role

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ..agreements import standings
from ..attention import FAILED
from ..names import people_on
from ..rendering import page

router = APIRouter()


@router.get("/waiting")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    queries = heliograph_of(request).queries
    held, failed = queries.held(), queries.messages(states=FAILED)
    alarms, requests = queries.alarms(), queries.requests()
    told = {*(c.incident for c in held), *(m.incident for m in failed)}
    asked = {*(a.incident for a in alarms if a.incident), *(r.incident for r in requests)}
    values = {
        "tickets": {name: queries.incident(name) for name in sorted(told | asked)},
        "people": people_on(queries, [(r.incident, r.asked_by) for r in requests]),
        "held": held,
        "standings": standings(heliograph_of(request), [c.id for c in held]),
        "failed": failed,
        "alarms": [(a, Reason(code=a.code, values=a.values)) for a in alarms],
        "requests": requests,
        "may_act": visitor.role.includes(Role.TECHNICIAN),
    }
    return page(request, "waiting.html", values, visitor=visitor)


@router.post("/alarms/clear")
def clear(
    request: Request,
    key: Annotated[str, Form(max_length=400)],
    csrf: Annotated[str, Form()] = "",
) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    heliograph_of(request).acts.clear_alarm(key, visitor.person.id)
    return RedirectResponse("/waiting", status_code=303)
