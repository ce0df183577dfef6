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
    """`counts` are of each kind, whatever was asked for."""

    alerts: list[KnownAlert]
    counts: dict[str, int]


@router.get("/alerts", summary="Alerts as they stand", response_model=AlertList, responses=READING)
def list_alerts(
    request: Request,
    _: Annotated[Caller, Depends(allowed("read"))],
    which: Which = "firing",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> AlertList:
    """The newest change comes first."""
    queries = heliograph_of(request).monitoring.queries
    return AlertList(alerts=queries.alerts(which, limit), counts=dict(queries.counts()))
