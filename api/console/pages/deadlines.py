"""The board of deadlines: which are missed, about to be, ahead, or standing still?"""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.domain.service_clock import ClockState

from ...auth.visitors import heliograph_of, visitor_of
from ..clock_view import ClockView, clock_view
from ..names import names_by_source
from ..rendering import page

router = APIRouter()
MOST = 100
LATELY = timedelta(days=7)
COLUMNS = ("overdue", "soon", "running", "paused", "missed")


@router.get("/deadlines")
def show(request: Request) -> HTMLResponse:
    visitor, app = visitor_of(request), heliograph_of(request)
    now, rules = app.clock.now(), app.library.rules
    found = [
        *app.clocks.going(ClockState.RUNNING, MOST),
        *app.clocks.going(ClockState.PAUSED, MOST),
        *app.clocks.missed_since(now - LATELY, MOST),
    ]
    columns: dict[str, list[ClockView]] = {name: [] for name in COLUMNS}
    for view in (clock_view(clock, rules, now) for clock in found):
        columns[view.standing].append(view)
    with app.store.read() as tx:
        tickets = tx.incidents(sorted({clock.incident for clock in found}))
    running = sum(clock.state is ClockState.RUNNING for clock in found)
    values = {
        "columns": columns,
        "full": {"running"} if running == MOST else set(),
        "tickets": tickets,
        "names": names_by_source(app.queries, list(tickets.values())),
    }
    return page(request, "deadlines.html", values, visitor=visitor)
