"""Which approvals are open on all tickets: who is waited for, since when, and until when?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.domain.times import Instant

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute

router = APIRouter(tags=["approvals"], route_class=JsonRoute)


class AwaitedShape(BaseModel):
    number: str
    approval: str
    what: str
    holder: str = Field(description="Whose word is awaited.")
    since: Instant
    due_by: Instant | None


@router.get("/approvals", summary="Approvals that are open", responses=READING)
def list_awaited(
    request: Request,
    _: Annotated[Caller, Depends(allowed("read"))],
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> list[AwaitedShape]:
    """Of all tickets; one entry for each whose word is awaited, those asked first coming first."""
    app = heliograph_of(request)
    found = []
    with app.store.read() as tx:
        steps = app.deciding.found.awaited(limit)
        tickets = tx.incidents(sorted({step.incident for step in steps}))
    for step in steps:
        ticket = tickets.get(step.incident)
        approval = (
            next((a for a in ticket.approvals if a.id == step.approval), None) if ticket else None
        )
        if ticket is None or approval is None:
            continue
        found.append(
            AwaitedShape(
                number=ticket.number,
                approval=approval.id,
                what=approval.asked.value.what,
                holder=approval.places[step.place].holder.id,
                since=step.since,
                due_by=approval.asked.value.due_by,
            )
        )
    return found
