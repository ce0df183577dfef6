"""The list of tickets: filter, search, what needs attention."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from pipeline.domain.lattices import TicketState
from pipeline.ports import Search

from ...auth.visitors import heliograph_of, visitor_of
from ..attention import tickets_needing_a_look
from ..names import names_by_source
from ..rendering import page

router = APIRouter()


@router.get("/incidents")
def show(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    state: Annotated[list[str] | None, Query()] = None,
    group: str = "",
    service: str = "",
    after: str | None = None,
) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    states = tuple(s for s in (state or ()) if s in set(TicketState))
    search = Search(
        q=q.strip(), states=states, group=group or None, service=service or None, after=after
    )
    found = app.queries.incidents(search)
    values = {
        "page": found,
        "search": search,
        "states": [s.value for s in TicketState],
        "groups": app.queries.groups().values(),
        "services": [s for s in app.queries.services().values() if not s.deleted],
        "needing": tickets_needing_a_look(app.queries),
        "names": names_by_source(app.queries, found.incidents),
        "majors": app.queries.majors("open"),
        "untouched": not found.incidents and not any((q, states, group, service, after)),
        "base_url": app.settings.base_url,
    }
    part = request.headers.get("hx-target") == "results"
    return page(request, "results.html" if part else "incidents.html", values, visitor=visitor)
