"""What is muted, and for whom? Administrators mute a service for a group here, and undo it."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from pipeline.domain.directory import Role
from pipeline.domain.errors import Malformed
from pipeline.domain.wishes import Muting

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
DAYS = (1, 7, 30, 90)


@router.get("/mutes")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    return _page(request, visitor)


@router.post("/mutes")
async def change(request: Request) -> Response:
    form = plain(await request.form(max_fields=10))
    return await run_in_pool(_changed, request, form)


def _changed(request: Request, form: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    check_csrf(request, form, visitor)
    app = heliograph_of(request)
    if form.get("act") == "end":
        app.own_wishes.end(form.get("reader", ""), form.get("about", ""))
        return RedirectResponse("/mutes", status_code=303)
    try:
        app.own_wishes.mute(_muting(visitor, form, request))
    except (ValidationError, Malformed, ValueError):
        return _page(request, visitor, refused=True)
    return RedirectResponse("/mutes", status_code=303)


def _muting(visitor: Visitor, form: dict[str, str], request: Request) -> Muting:
    now = heliograph_of(request).clock.now()
    return Muting(
        whose="group",
        reader=form.get("group", ""),
        of="service",
        about=form.get("service", ""),
        until=now + timedelta(days=int(form.get("days", ""))),
        by=visitor.person.id,
        at=now,
    )


def _page(request: Request, visitor: Visitor, *, refused: bool = False) -> HTMLResponse:
    app = heliograph_of(request)
    found = app.own_wishes.all_mutings()
    named = sorted({one.about for one in found if one.of == "incident"})
    values = {
        "found": found,
        "refused": refused,
        "days": DAYS,
        "people": app.queries.people(
            sorted({m.reader for m in found if m.whose == "person"} | {m.by for m in found})
        ),
        "groups": app.queries.groups(),
        "services": app.queries.services(),
        "tickets": {n: i for n in named if (i := app.queries.incident(n)) is not None},
    }
    status = 422 if refused else 200
    return page(request, "mutes.html", values, visitor=visitor, status=status)
