"""What is muted, for whom, until when? Administrators say it for others; each for themselves on their own page."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.directory import Key
from pipeline.domain.errors import UnknownThing
from pipeline.domain.times import Instant
from pipeline.domain.wishes import Muting

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute

router = APIRouter(prefix="/mutes", tags=["mutes"], route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]


class MuteShape(BaseModel):
    whose: Literal["person", "group"]
    reader: str
    of: Literal["service", "incident"]
    about: str
    until: Instant
    by: str
    at: Instant


class MuteBody(Body):
    """What a rule says must be told, and the end of a failure that somebody was told of, comes all the same."""

    whose: Literal["person", "group"]
    reader: Key
    of: Literal["service", "incident"]
    about: Key = Field(description="A service's id, or a ticket's number or id.")
    until: Instant = Field(description="At most ninety days from now.")


@router.get("", summary="What is muted", responses=READING)
def list_mutes(request: Request, _: Administrator) -> list[MuteShape]:
    """What lasts, for persons and groups; that which ends first comes first."""
    return [_shape(one) for one in heliograph_of(request).own_wishes.all_mutings()]


@router.post("", summary="Mute a service or a ticket", status_code=201, responses=ACTING)
def mute(request: Request, caller: Administrator, body: MuteBody) -> MuteShape:
    """In place of what was said before. It ends by itself, is explained to whoever asks, and can be undone."""
    app = heliograph_of(request)
    about = body.about
    if body.of == "incident":
        found = app.queries.incident(about)
        if found is None:
            raise UnknownThing(f"no ticket {about[:100]}")
        about = found.id
    muting = Muting(
        **body.model_dump(exclude={"about"}), about=about, by=caller.name, at=app.clock.now()
    )
    app.own_wishes.mute(muting)
    return _shape(muting)


@router.delete("/{whose}/{reader}/{of}/{about}", summary="Undo it", responses=ACTING)
def end(
    request: Request, _: Administrator, whose: str, reader: str, of: str, about: str
) -> dict[str, bool]:
    """What was silent meanwhile stays so; the next message comes."""
    app = heliograph_of(request)
    if of == "incident" and (found := app.queries.incident(about)) is not None:
        about = found.id
    app.own_wishes.end(f"{whose}:{reader}", f"{of}:{about}")
    return {"removed": True}


def _shape(one: Muting) -> MuteShape:
    return MuteShape(**one.model_dump())
