"""Who of the directory cannot be reached over any channel of this installation?"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.directory import Person
from pipeline.domain.unreachable import unreachable

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute
from ..service_list import live_channels

router = APIRouter(tags=["administration"], route_class=JsonRoute)


class UnreachableShape(BaseModel):
    kind: Literal["person", "group"]
    id: str
    name: str
    why: str = Field(description="no_address, no_live_address, or nobody_in_it for a group.")
    critical: bool = Field(description="Uses a critical service.")
    services: list[str]


@router.get("/directory/unreachable", summary="Who cannot be reached", responses=READING)
def list_unreachable(
    request: Request, _: Annotated[Caller, Depends(allowed("admin"))]
) -> list[UnreachableShape]:
    """Users of critical services come first."""
    app = heliograph_of(request)
    return [
        UnreachableShape(
            kind="person" if isinstance(one.who, Person) else "group",
            id=one.who.id,
            name=one.who.name if isinstance(one.who, Person) else one.who.name.en,
            why=one.why,
            critical=one.critical,
            services=[service.id for service in one.uses],
        )
        for one in unreachable(app.queries.directory(), live_channels(app))
    ]
