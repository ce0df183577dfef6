"""Planned maintenance: what is ahead, and a form to plan more."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from pipeline.domain.directory import Role
from pipeline.domain.errors import ContentDiffers, Malformed
from pipeline.domain.maintenance_events import MaintenancePlanned
from pipeline.flow.plans import Over

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ...resources.maintenance import overlapping
from ..act_fields import in_words, moment_of
from ..names import names_of
from ..rendering import page
from .acts import MOST, plain, run_in_pool

router = APIRouter()
SLOTS = {
    "title": "title",
    "services": "services",
    "starts_at": "maintenance_from",
    "ends_at": "maintenance_until",
    "effect": "maintenance_effect",
    "not_affected": "maintenance_not_affected",
    "number": "number",
}


@router.get("/maintenance")
def show(request: Request) -> HTMLResponse:
    return _page(request, {}, [], [])


@router.post("/maintenance")
async def plan(request: Request) -> Response:
    form = await request.form(max_fields=600, max_part_size=MOST)
    chosen = [value for value in form.getlist("services") if isinstance(value, str)]
    return await run_in_pool(_planned, request, plain(form), chosen)


def _planned(request: Request, given: dict[str, str], services: list[str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    try:
        data = _payload(given, services, visitor.person.id, visitor.person.zone)
        key = f"{visitor.person.id}:{given.get('key', '')}"[:180]
        accepted = app.monitoring.plans.plan(data, key, given.get("number", "").strip() or None)
    except ValidationError as wrong:
        fields = [str(e["loc"][0]) if e["loc"] else "ends_at" for e in wrong.errors()]
        problems = [(SLOTS.get(field, ""), "unreadable") for field in dict.fromkeys(fields)]
        return _page(request, given, services, problems)
    except Malformed as wrong:
        code = "over" if isinstance(wrong, Over) else "unreadable"
        return _page(request, given, services, [(SLOTS.get(wrong.field or "", ""), code)])
    except ContentDiffers:
        return _page(request, given, services, [("", "changed")])
    except ValueError:
        return _page(request, given, services, [("", "time")])
    return RedirectResponse(f"/incidents/{accepted.incident_id}", status_code=303)


def _payload(
    given: dict[str, str], services: list[str], person: str, zone: str
) -> MaintenancePlanned:
    said: dict[str, Any] = {"services": services, "by": {"id": person}}
    for name in ("effect", "not_affected"):
        said[name] = in_words(name, given)
    for name in ("starts_at", "ends_at"):
        if given.get(name, "").strip():
            said[name] = moment_of(given[name].strip(), zone)
    if given.get("title", "").strip():
        said["title"] = given["title"].strip()
    return MaintenancePlanned.model_validate({k: v for k, v in said.items() if v is not None})


def _page(
    request: Request, given: dict[str, str], chosen: list[str], problems: list[tuple[str, str]]
) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    now = app.clock.now()
    ahead = app.monitoring.queries.maintenance(now)
    values = {
        "ahead": ahead,
        "overlaps": {i.id: overlapping(i, ahead) for i in ahead},
        "names": names_of(app.queries, ahead),
        "services": app.queries.services().values(),
        "given": given,
        "chosen": chosen,
        "key": given.get("key") or app.ids.new("plan"),
        "problems": problems,
        "may_act": visitor.role.includes(Role.TECHNICIAN),
    }
    status = 422 if problems else 200
    return page(request, "maintenance.html", values, visitor=visitor, status=status)
