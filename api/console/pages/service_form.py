"""Describing a service, or changing what is said of it: nothing that was written is lost, and nobody is overwritten."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.domain.directory import Service
from pipeline.domain.errors import StaleVersion
from pipeline.domain.incident_types import IncidentType
from pipeline.domain.register import Problem
from pipeline.flow.register.editing import Kept, NotRight
from pipeline.flow.register.tabular import LISTS, YES_OR_NO, cells_of
from pipeline.flow.register.written import service_of

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..rendering import page
from .acts import plain, run_in_pool
from .described_service import address_of, differences, version_of
from .services import EDITOR

router = APIRouter()
MOST_OFFERED = 300
"""Ids of each kind that the form lists to choose from."""


@router.get("/services/new")
def begin(request: Request) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    return _form(request, visitor, {"version": "0", "public": "yes"}, None)


@router.get("/services/{name:path}/edit")
def edit(request: Request, name: str) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    kept = heliograph_of(request).registering.register.one(name)
    return _form(request, visitor, _given_of(kept), kept)


@router.post("/services/new")
async def create(request: Request) -> Response:
    return await run_in_pool(_saved, request, None, await _given(request))


@router.post("/services/{name:path}/edit")
async def change(request: Request, name: str) -> Response:
    return await run_in_pool(_saved, request, name, await _given(request))


async def _given(request: Request) -> dict[str, str]:
    return plain(await request.form(max_fields=40, max_files=0, max_part_size=128 * 1024))


def _saved(request: Request, name: str | None, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    check_csrf(request, given, visitor)
    register = heliograph_of(request).registering.register
    kept = register.one(name) if name is not None else None
    cells = _cells(given) | ({"id": name} if name is not None else {})
    service, problems = service_of(cells, None)
    if service is None:
        return _form(request, visitor, given, kept, problems=problems)
    service = service.model_copy(update={"models": kept.service.models if kept else None})
    try:
        register.write(service, by=visitor.person.id, expected=version_of(given))
    except NotRight as wrong:
        return _form(request, visitor, given, kept, problems=wrong.found)
    except StaleVersion:
        theirs = register.one(service.id)
        newest = given | {"version": str(theirs.version)}
        return _form(request, visitor, newest, theirs, yours=service)
    return RedirectResponse(address_of(service.id), status_code=303)


def _cells(given: dict[str, str]) -> dict[str, str]:
    """A box that is not ticked is not sent."""
    ticked = {name: "yes" if given.get(name) else "no" for name in YES_OR_NO}
    return {name: text for name, text in given.items() if name not in ("csrf", "version")} | ticked


def _given_of(kept: Kept) -> dict[str, str]:
    cells = cells_of(kept.service)
    lists = {name: "\n".join(getattr(kept.service, name)) for name in LISTS}
    ticked = {name: "yes" if getattr(kept.service, name) else "" for name in YES_OR_NO}
    return cells | lists | ticked | {"version": str(kept.version)}


def _form(
    request: Request,
    visitor: Visitor,
    given: dict[str, str],
    kept: Kept | None,
    *,
    problems: Any = (),
    yours: Service | None = None,
) -> Response:
    app = heliograph_of(request)
    directory = app.queries.directory()
    by_field: dict[str, list[Problem]] = {}
    for problem in problems:
        by_field.setdefault(problem.field, []).append(problem)
    values: dict[str, Any] = {
        "given": given,
        "kept": kept,
        "problems": by_field,
        "types": [one.value for one in IncidentType],
        "differs": differences(kept.service, yours) if kept and yours else None,
        "offered": {
            "owners": [p for p in directory.people if p.role][:MOST_OFFERED],
            "owner_groups": directory.groups[:MOST_OFFERED],
            "users": directory.groups[:MOST_OFFERED],
            "user_sites": directory.sites[:MOST_OFFERED],
            "user_customers": directory.customers[:MOST_OFFERED],
            "depends_on": [s for s in directory.services if not s.deleted][:MOST_OFFERED],
        },
        "path": f"{address_of(kept.service.id)}/edit" if kept else "/services/new",
    }
    status = 409 if yours else 422 if problems else 200
    return page(request, "service_form.html", values, visitor=visitor, status=status)
