"""What was told wrongly, what is right, and who is offered the correction."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.facts import Fact, FactValue
from pipeline.domain.times import Instant

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute
from .of_incident import incident_named

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]


class WrongFact(BaseModel):
    attribute: str
    told: FactValue
    right: FactValue | None = Field(description="null: not known yet.")


class CorrectionShape(BaseModel):
    """Released and discarded like any other text that waits: by its communication."""

    communication: str
    audience: str
    state: str
    items: list[WrongFact]
    known_at: Instant
    proposed_at: Instant
    recipients: list[str] = Field(description="Exactly those who were told all of the wrong facts.")


@router.get("/{name:path}/corrections", summary="What was told wrongly", responses=READING)
def list_corrections(request: Request, caller: Reader, name: str) -> list[CorrectionShape]:
    """Oldest first, with those that were withdrawn."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    states = {c.id: c.state.value for c in app.queries.communications(incident.id)}
    with app.store.read() as tx:
        known = tx.corrections_of(incident.id)
    return [
        CorrectionShape(
            communication=one.communication,
            audience=one.audience,
            state=states.get(one.communication, ""),
            items=[
                WrongFact(attribute=i.attribute, told=i.told.value, right=_value(i.right))
                for i in one.items
            ],
            known_at=one.known_at,
            proposed_at=one.at,
            recipients=[f"{r.key} ({r.channel})" for r in one.recipients],
        )
        for one in known
    ]


def _value(fact: Fact | None) -> FactValue | None:
    return fact.value if fact else None
