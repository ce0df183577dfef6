"""Why did this person get this, and not that? Asked by person and ticket, or by person and days."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing
from pipeline.flow.explained import Explanation

from ...auth.visitors import heliograph_of, require, visitor_of
from ..rendering import page

router = APIRouter()
USUAL_DAYS, MOST_DAYS = 7, 92


@router.get("/why")
def ask(
    request: Request,
    person: Annotated[str, Query(max_length=200)] = "",
    ticket: Annotated[str, Query(max_length=200)] = "",
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = USUAL_DAYS,
) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    app = heliograph_of(request)
    found, unknown = None, False
    try:
        found = _found(app, person.strip(), ticket.strip(), days)
    except UnknownThing:
        unknown = True
    values = {
        "asked": {"person": person, "ticket": ticket, "days": days},
        "found": found,
        "unknown": unknown,
    }
    return page(request, "why.html", values, visitor=visitor, status=404 if unknown else 200)


def _found(app: Heliograph, person: str, ticket: str, days: int) -> Explanation | None:
    if not person:
        return None
    if ticket:
        return app.rule_keeping.why.of_ticket(person, ticket)
    now = app.clock.now()
    return app.rule_keeping.why.of_time(person, now - timedelta(days=days), now)
