"""The register of services: the list, and what is missing of it before it is needed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.register_gaps import GAPS, missing_of
from pipeline.domain.unreachable import unreachable
from pipeline.flow.register.tabular import Encoding

from ...auth.visitors import Visitor, heliograph_of, visitor_of
from ...service_list import Wanted, listed, live_channels
from ..rendering import page

router = APIRouter()
EDITOR = Role.INCIDENT_MANAGER
"""From this role on services are described."""


MOST_SHOWN = 500


def may_edit(visitor: Visitor) -> bool:
    return visitor.role.includes(EDITOR)


@router.get("/services")
def show(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    critical: bool = False,
    after: str | None = None,
) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    found, ahead = listed(app, Wanted(q=q, critical=critical, after=after))
    values = {
        "services": [kept.service for kept in found],
        "after": ahead,
        "q": q,
        "critical": critical,
        "may_edit": may_edit(visitor),
        "groups": app.queries.groups(),
        "people": app.queries.people(sorted({o for kept in found for o in kept.service.owners})),
        "untouched": not found and not q and not critical and after is None,
    }
    part = request.headers.get("hx-target") == "results"
    template = "service_results.html" if part else "services.html"
    return page(request, template, values, visitor=visitor)


@router.get("/services/missing")
def missing(request: Request, gap: str = "") -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    found = missing_of(app.queries.directory(), live_channels(app))
    counts = {name: sum(name in one.gaps for one in found) for name in GAPS}
    values = {
        "missing": [one for one in found if gap not in GAPS or gap in one.gaps],
        "counts": {name: n for name, n in counts.items() if n},
        "gap": gap,
        "may_edit": may_edit(visitor),
    }
    return page(request, "services_missing.html", values, visitor=visitor)


@router.get("/services/unreachable")
def show_unreachable(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    found = unreachable(app.queries.directory(), live_channels(app))
    values = {"unreachable": found[:MOST_SHOWN], "more": max(0, len(found) - MOST_SHOWN)}
    return page(request, "unreachable.html", values, visitor=visitor)


@router.get("/services/export")
def export(request: Request, encoding: Encoding = "utf-8") -> Response:
    visitor_of(request)
    content = heliograph_of(request).registering.tables.written(encoding)
    headers = {"Content-Disposition": 'attachment; filename="services.csv"'}
    charset = "gb18030" if encoding == "gbk" else "utf-8"
    return Response(content, media_type=f"text/csv; charset={charset}", headers=headers)
