"""Who is on call now and next, by which calendar, and how is one kept?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.directory import Key, Names, Zone
from pipeline.domain.rota import LARGEST_CALENDAR, RotaId
from pipeline.domain.times import Instant
from pipeline.flow.on_call.keeping import Standing, Wanted

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from ..on_call_shown import Shown, Turn, shown
from .shapes import Sentence, said

router = APIRouter(prefix="/on-call", tags=["on-call"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
Administrator = Annotated[Caller, Depends(allowed("admin"))]


class TurnShape(BaseModel):
    starts_at: Instant
    ends_at: Instant
    said: str = Field(description="How the calendar names them.")
    person: str | None = Field(description="Who that is here; null for a stranger.")
    name: str | None


class RotaShape(BaseModel):
    id: str
    name: Names
    zone: Zone
    now: list[TurnShape]
    next: list[TurnShape]
    told_instead: str | None = Field(
        description="The group that is told now, because nobody who is known here has it."
    )
    fallback: str
    host: str = Field(description="Where it is fetched; empty for one that was given as a file.")
    read_at: Instant | None = Field(description="When what counts was read.")
    stale: bool = Field(description="Whether that is longer ago than a day.")
    failed: Sentence | None = Field(description="Why it could not be read since.")
    notes: list[Sentence] = Field(description="What whoever keeps the calendar should see to.")


class RotaBody(Body):
    """With `url` or `calendar`; with neither, what was there is read again."""

    name: Names
    fallback: Key = Field(description="The group that is told while nobody is on call.")
    zone: Zone | None = Field(default=None, description="Where the calendar names none.")
    url: str | None = Field(default=None, min_length=8, max_length=1000)
    calendar: str | None = Field(
        default=None, max_length=LARGEST_CALENDAR, description="An iCalendar file."
    )


@router.get("", summary="Who is on call", responses=READING)
def list_calendars(request: Request, _: Reader) -> list[RotaShape]:
    """Now, and in the next fourteen days."""
    return _shapes(request, heliograph_of(request).rotas.standing())


@router.get("/{rota_id}", summary="One on-call calendar", responses=READING)
def show(request: Request, rota_id: str, _: Reader) -> RotaShape:
    """Who has it now and next, when it was last read, and what should be seen to in it."""
    return _shapes(request, [heliograph_of(request).rotas.one(rota_id)])[0]


@router.put("/{rota_id}", summary="Make or change one", responses=ACTING)
def write(request: Request, rota_id: RotaId, caller: Administrator, body: RotaBody) -> RotaShape:
    """It is read at once, and refused where it cannot be."""
    rotas = heliograph_of(request).rotas
    wanted = Wanted(
        id=rota_id,
        name=body.name,
        fallback=body.fallback,
        zone=body.zone or rotas.zone,
        url=body.url,
        content=body.calendar.encode() if body.calendar is not None else None,
    )
    return _shapes(request, [rotas.write(wanted, by=caller.name)])[0]


@router.post("/{rota_id}/read", summary="Read it again now", responses=ACTING)
def read_again(request: Request, rota_id: str, _: Administrator) -> RotaShape:
    """What was read well stays where this fails; `failed` says why."""
    return _shapes(request, [heliograph_of(request).rotas.read_again(rota_id)])[0]


@router.delete("/{rota_id}", summary="Remove it", responses=ACTING)
def remove(request: Request, rota_id: str, _: Administrator) -> dict[str, bool]:
    """Rules that name it tell their audience from then on."""
    heliograph_of(request).rotas.remove(rota_id)
    return {"removed": True}


def _shapes(request: Request, standing: Sequence[Standing]) -> list[RotaShape]:
    app = heliograph_of(request)

    def shape(one: Shown) -> RotaShape:
        rota = one.rota
        return RotaShape(
            id=rota.id,
            name=rota.name,
            zone=rota.zone,
            now=[_turn(turn) for turn in one.now],
            next=[_turn(turn) for turn in one.next],
            told_instead=rota.fallback if one.instead else None,
            fallback=rota.fallback,
            host=one.host,
            read_at=rota.read_at,
            stale=one.stale,
            failed=said(app, rota.failed) if rota.failed else None,
            notes=[said(app, note) for note in rota.notes],
        )

    return [shape(one) for one in shown(app, standing)]


def _turn(turn: Turn) -> TurnShape:
    return TurnShape(
        starts_at=turn.shift.starts_at,
        ends_at=turn.shift.ends_at,
        said=turn.shift.said,
        person=turn.shift.person,
        name=turn.known.name if turn.known else None,
    )
