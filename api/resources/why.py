"""Why did somebody get this message, and why not that one?"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import Malformed
from pipeline.domain.times import Instant
from pipeline.flow.explained import Explained, Explanation, Outcome

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute
from .rule_shapes import Words, in_both

router = APIRouter(tags=["incidents"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
USUAL = timedelta(days=7)
LONGEST = timedelta(days=92)


class DecisionShape(BaseModel):
    """One decision: what became of it, why, and the rule in the version that was in force then."""

    at: Instant
    number: str
    outcome: Outcome
    kind: str
    audience: str
    why: Words
    because: Words | None
    on_call: Words | None = Field(description="Of a message to those on call: who had it, and why.")
    without: Words | None = Field(description="What it had to leave without, and why.")
    rule: str | None
    rules: str | None = Field(description="The version of the rules.")
    communication: str | None
    message: str | None
    due_at: Instant | None = Field(description="Until when it waits, or waited.")


class ExplanationShape(BaseModel):
    person: str
    name: dict[Literal["zh", "en"], str]
    audiences: list[str]
    decisions: list[DecisionShape]
    cut: bool = Field(description="There are more tickets than were looked at.")


@router.get("/why", summary="Why did this person get this, and not that?", responses=READING)
def why(
    request: Request,
    _: Reader,
    person: Annotated[str, Query(min_length=1, max_length=200)],
    incident: Annotated[str | None, Query(max_length=200)] = None,
    since: Annotated[Instant | None, Query()] = None,
    until: Annotated[Instant | None, Query()] = None,
) -> ExplanationShape:
    """Of one ticket, or of all that changed in a time (the last seven days unless you say). Oldest first; decisions to
    stay silent are there too, in both languages."""
    app = heliograph_of(request)
    if incident is not None:
        return _shape(app, app.rule_keeping.why.of_ticket(person, incident))
    last = until or app.clock.now()
    first = since or last - USUAL
    if not timedelta() <= last - first <= LONGEST:
        raise Malformed(f"ask for at most {LONGEST.days} days, and not backwards", field="since")
    return _shape(app, app.rule_keeping.why.of_time(person, first, last))


def _shape(app: Heliograph, found: Explanation) -> ExplanationShape:
    return ExplanationShape(
        person=found.person.id,
        name={"zh": found.person.name_in("zh"), "en": found.person.name_in("en")},
        audiences=list(found.audiences),
        decisions=[_decision(app, one) for one in found.decisions],
        cut=found.cut,
    )


def _decision(app: Heliograph, one: Explained) -> DecisionShape:
    return DecisionShape(
        at=one.at,
        number=one.number,
        outcome=one.outcome,
        kind=one.kind,
        audience=one.audience,
        why=in_both(app, one.why),
        because=in_both(app, one.because) if one.because else None,
        on_call=in_both(app, one.on_call) if one.on_call else None,
        without=in_both(app, one.without) if one.without else None,
        rule=one.rule,
        rules=one.rules,
        communication=one.communication,
        message=one.message.id if one.message else None,
        due_at=one.message.due_at if one.message else None,
    )
