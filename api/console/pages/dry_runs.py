"""A version against the past: begin it, see how far it is, and which messages would be others."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import Refused
from pipeline.domain.times import from_text

from ...auth.visitors import check_csrf, heliograph_of, visitor_with
from ...replay.dry_runs import USUAL_DAYS, USUAL_TICKETS
from ...resources.rules import dry_runs_of
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
MOST_DAYS, MOST_TICKETS = 3650, 1000


@router.post("/rules/dry-runs")
async def begin(request: Request) -> Response:
    form = await request.form()
    return await run_in_pool(_begun, request, plain(form))


def _begun(request: Request, given: dict[str, str]) -> Response:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    check_csrf(request, given, visitor)
    try:
        run = dry_runs_of(request).ask(
            given.get("version", ""),
            by=visitor.person.id,
            most=_number(given.get("tickets", ""), USUAL_TICKETS, MOST_TICKETS),
            days=_number(given.get("days", ""), USUAL_DAYS, MOST_DAYS),
        )
    except Refused:
        return RedirectResponse("/rules/versions?busy=1", status_code=303)
    return RedirectResponse(f"/rules/dry-runs/{run.id}", status_code=303)


@router.get("/rules/dry-runs/{run_id}")
def show(request: Request, run_id: str) -> Response:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    run = dry_runs_of(request).run(run_id)
    people = heliograph_of(request).queries.people([run.asked_by])
    values = {"run": run, "result": run.result, "moment": from_text, "people": people}
    return page(request, "dry_run.html", values, visitor=visitor)


def _number(text: str, usual: int, most: int) -> int:
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 6 else usual
