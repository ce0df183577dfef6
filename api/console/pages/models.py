"""Chat models for administrators: how they stand, what they took, and what they were asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing
from pipeline.model_ports import outcome_of

from ...auth.visitors import heliograph_of, visitor_with
from ..rendering import page

router = APIRouter()
MOST = 50
"""Calls on one page."""
NEARLY = 80
"""Per cent of a budget from which on its bar warns."""


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How much of a budget is used; `limit` is None where there is none."""

    what: str
    spent: float
    limit: float | None

    @property
    def share(self) -> float | None:
        """In per cent, at most 100."""
        if self.limit is None:
            return None
        return 100.0 if self.spent >= self.limit else round(100 * self.spent / self.limit, 1)

    @property
    def level(self) -> str:
        share = self.share or 0
        return "full" if share >= 100 else "nearly" if share >= NEARLY else "well"


@router.get("/models")
def show(
    request: Request, after: Annotated[str | None, Query(max_length=300)] = None
) -> HTMLResponse:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    app = heliograph_of(request)
    listed = app.models.calls.calls(limit=MOST, after=after)
    named = {one.incident for one in listed.calls if one.incident}
    values = {
        "models": app.models.state(),
        "gauges": _gauges(app),
        "budgets": app.models.budgets,
        "calls": [(one, outcome_of(one)) for one in listed.calls],
        "after": listed.after,
        "first": after is None,
        "tickets": {name: app.queries.incident(name) for name in sorted(named)},
        "recording": app.settings.model_recording,
        "days": app.settings.model_recording_days,
        "today": app.models.spent_today(),
    }
    return page(request, "models.html", values, visitor=visitor)


@router.get("/models/calls/{call_id}")
def show_call(request: Request, call_id: str) -> HTMLResponse:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    app = heliograph_of(request)
    found = app.models.calls.call(call_id)
    if found is None:
        raise UnknownThing(f"no call {call_id[:100]}")
    ticket = app.queries.incident(found.incident) if found.incident else None
    values = {"call": found, "outcome": outcome_of(found), "ticket": ticket}
    return page(request, "model_call.html", values, visitor=visitor)


def _gauges(app: Heliograph) -> list[Gauge]:
    """Today's. Money only where somebody set a price or a limit."""
    spent, day = app.models.spent_today(), app.models.budgets.day
    gauges = [Gauge(what="tokens", spent=spent.tokens, limit=day.tokens)]
    if spent.money or day.money is not None:
        gauges.append(Gauge(what="money", spent=spent.money, limit=day.money))
    return gauges
