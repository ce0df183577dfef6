"""Which changes were made to services, and a program or person that says of one more."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.domain.change import Change, ChangeState
from pipeline.domain.change_events import Changed, Deployed
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Key, Number
from pipeline.domain.errors import UnknownThing
from pipeline.domain.payload import Words
from pipeline.domain.times import Instant, to_text

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute

router = APIRouter(prefix="/changes", tags=["changes"], route_class=JsonRoute)


class ChangeShape(BaseModel):
    """A change as it stands. `planned`: nobody said that the work was done."""

    source: str
    number: str
    services: list[str]
    what: Words
    state: ChangeState
    began_at: Instant
    ended_at: Instant | None
    rolled_back_at: Instant | None
    ticket: str | None = Field(description="Of planned maintenance, or the incident it repaired.")


class Told(Body):
    """What is left out of a change that is known stays. `at` is when it was in force, or taken back; now,
    without."""

    source: Key
    number: Number
    services: Changed | None = None
    what: Words | None = None
    state: Literal["done", "rolled_back"] = "done"
    at: Instant | None = None
    started_at: Instant | None = None


@router.get("", summary="Changes to services", responses=READING)
def list_changes(
    request: Request,
    _: Annotated[Caller, Depends(allowed("read"))],
    service: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[ChangeShape]:
    """The latest first, with planned maintenance and the changes of repairs."""
    with heliograph_of(request).store.read() as tx:
        return [shape_of(change) for change in tx.changes(limit, service=service)]


@router.post("", summary="Say that a change was made, or rolled back", responses=ACTING)
def tell(
    request: Request, caller: Annotated[Caller, Depends(allowed("events:write"))], body: Told
) -> ChangeShape:
    """The same as the event `heliograph.change.deployed.v1`. Told again with the same `at`, it changes nothing."""
    caller.check_sources([("source", body.source)])
    app = heliograph_of(request)
    now = app.clock.now()
    at = body.at or now
    said: dict[str, Any] = {
        "specversion": "1.0",
        "id": f"change:{body.number}:{body.state}:{to_text(at)}",
        "source": body.source,
        "type": Deployed.type,
        "subject": body.number,
        "time": to_text(at),
        "data": body.model_dump(
            mode="json", exclude_none=True, include={"services", "what", "state", "started_at"}
        ),
    }
    app.intake.accept([parse(said, now=now)])
    with app.store.read() as tx:
        change = tx.change(body.source, body.number)
    if change is None:
        raise UnknownThing(f"no change {body.number[:100]}")
    return shape_of(change)


def shape_of(change: Change) -> ChangeShape:
    return ChangeShape(**change.model_dump(exclude={"id", "version"}))
