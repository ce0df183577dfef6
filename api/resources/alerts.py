"""Monitors' alerts as they stand: what fires, is held back, flaps, is of no known service, or is over."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from pipeline.domain.alert import KnownAlert

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING

router = APIRouter(tags=["webhooks"])
Which = Literal["firing", "unmapped", "held", "flapping", "quiet"]


class AlertList(BaseModel):
    """`counts` are of each kind, whatever was asked for; `numbers` are those of the tickets that alerts belong to."""

    alerts: list[KnownAlert]
    counts: dict[str, int]
    numbers: dict[str, str]


@router.get("/alerts", summary="Alerts as they stand", response_model=AlertList, responses=READING)
def list_alerts(
    request: Request,
    _: Annotated[Caller, Depends(allowed("read"))],
    which: Which = "firing",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> AlertList:
    """The newest change comes first."""
    app = heliograph_of(request)
    queries = app.monitoring.queries
    alerts = queries.alerts(which, limit)
    named = sorted({a.incident for a in alerts if a.incident})
    with app.store.read() as tx:
        numbers = {key: ticket.number for key, ticket in tx.incidents(named).items()}
    return AlertList(alerts=alerts, counts=dict(queries.counts()), numbers=numbers)
