"""The rules and texts in force, in words."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ...auth.visitors import heliograph_of, visitor_of
from ..rendering import page

router = APIRouter()


@router.get("/rules")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    standing, library = app.rule_keeping.versions.standing(), app.library
    active = standing.activation
    values = {
        "standing": standing,
        "people": app.queries.people([active.by] if active else []),
        "doubts": app.rule_keeping.versions.doubts(library.rules),
        "rules": library.rules.rules,
        "releases": library.rules.releases,
        "models": library.rules.models,
        "levels": library.rules.service_levels,
        "calendars": library.rules.calendars,
        "texts": library.templates.population,
    }
    return page(request, "rules.html", values, visitor=visitor)
