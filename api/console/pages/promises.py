"""The promise board: which announced times are due, at risk, kept or broken?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import WrongState
from pipeline.domain.promise import Promise, PromiseState

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ..rendering import page
from ..rounds import announced_by

router = APIRouter()
LATELY = 40


@router.get("/promises")
def show(request: Request) -> HTMLResponse:
    return _page(request)


def _page(request: Request, error: str = "") -> HTMLResponse:
    visitor = visitor_of(request)
    queries = heliograph_of(request).queries
    open_now = sorted(
        queries.promises_in(PromiseState.OPEN, newest_first=False, limit=500),
        key=lambda p: p.promised_at,
    )
    lately = {
        state: queries.promises_in(state, newest_first=True, limit=LATELY)
        for state in (PromiseState.BROKEN, PromiseState.LATE, PromiseState.KEPT)
    }
    columns: dict[str, list[Promise]] = {
        "at_risk": [p for p in open_now if p.warned],
        "open": [p for p in open_now if not p.warned],
        **{state.value: found for state, found in lately.items()},
    }
    named = {p.incident for found in columns.values() for p in found}
    values = {
        "columns": {name: announced_by(found) for name, found in columns.items()},
        "tickets": {name: queries.incident(name) for name in sorted(named)},
        "may_act": visitor.role.includes(Role.TECHNICIAN),
        "error": error,
    }
    return page(request, "promises.html", values, visitor=visitor)


@router.post("/promises/{name}/keep")
def keep(request: Request, name: str, csrf: Annotated[str, Form()] = "") -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    try:
        heliograph_of(request).acts.keep_promise(name, visitor.person.id)
    except WrongState as refused:
        return _page(request, refused.hindrance.value)
    return RedirectResponse("/promises", status_code=303)
