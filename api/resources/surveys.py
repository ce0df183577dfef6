"""How people said it went: figures by day, group and service, and every answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from pipeline.domain.directory import Role
from pipeline.domain.errors import NotAllowed
from pipeline.domain.survey import SurveyKind
from pipeline.domain.times import Instant

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute
from ..survey_table import csv_of
from .of_incident import incident_named
from .shapes import Sentence, said

router = APIRouter(prefix="/surveys", tags=["surveys"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
DAYS = timedelta(days=90)
KINDS = "repair: how a ticket was handled; informed: how well people were told of a major incident"
MOST_UNASKED = 10_000


class ScoresShape(BaseModel):
    """Answers of one kind, day (UTC), group and service; `counts` are of the scores 1 to 5."""

    kind: SurveyKind = Field(description=KINDS)
    day: date
    group: str | None
    service: str | None
    counts: list[int]


class AnswerShape(BaseModel):
    id: str
    kind: SurveyKind = Field(description=KINDS)
    incident: str
    round: int = Field(description="How often the ticket had been reopened, or failed again.")
    person: str = Field(description="Of the directory; `subscriber:` and an id for a subscriber.")
    group: str | None
    service: str | None
    score: int
    comment: str | None
    asked_at: Instant
    answered_at: Instant


class UnaskedShape(BaseModel):
    """Somebody who was not asked, and why."""

    kind: SurveyKind = Field(description=KINDS)
    incident: str
    round: int
    person: str
    decided_at: Instant
    reason: Sentence


class SurveysShape(BaseModel):
    since: date
    scores: list[ScoresShape]
    answers: list[AnswerShape] = Field(description="Newest first.")
    after: str | None = Field(description="For the next page of answers; null on the last one.")


Since = Annotated[date | None, Query(description="From this day (UTC); 90 days ago without it.")]


@router.get("", summary="Scores and answers", responses=READING)
def list_surveys(
    request: Request,
    caller: Reader,
    since: Since = None,
    low: Annotated[bool, Query(description="Only low scores among the answers.")] = False,
    kind: Annotated[SurveyKind | None, Query(description="Only of this kind.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[str | None, Query(max_length=200)] = None,
) -> SurveysShape:
    """What people said of the work of others is for those who lead, and for programs that may read."""
    _check(caller)
    app, day = heliograph_of(request), _since(request, since)
    most = app.library.rules.surveys.low if low else 5
    found = app.deciding.found.answers(
        since=_begin(day), limit=limit + 1, most_score=most, after=after, kind=kind
    )
    shown = found[:limit]
    return SurveysShape(
        since=day,
        scores=[
            ScoresShape.model_validate({**vars(s), "counts": list(s.counts)})
            for s in app.deciding.found.scores(day)
            if kind in (None, s.kind)
        ],
        answers=[AnswerShape.model_validate(a.model_dump(exclude=_KEPT)) for a in shown],
        after=shown[-1].id if len(found) > limit else None,
    )


@router.get("/unasked/{name:path}", summary="Who was not asked, and why", responses=READING)
def list_unasked(request: Request, caller: Reader, name: str) -> list[UnaskedShape]:
    """By the ticket's id or number; people in order."""
    _check(caller)
    app = heliograph_of(request)
    incident = incident_named(request, name, caller)
    return [
        UnaskedShape(
            **one.model_dump(exclude={"reason"}),
            reason=said(app, one.reason),
        )
        for one in app.deciding.found.unasked(incident.id, MOST_UNASKED)
    ]


@router.get("/export", summary="All answers as CSV", responses=READING)
def export(request: Request, caller: Reader, since: Since = None) -> Response:
    """One answer a line; UTF-8 with a mark, as spreadsheets want it."""
    _check(caller)
    table = csv_of(heliograph_of(request), _begin(_since(request, since)))
    return Response(table, media_type="text/csv; charset=utf-8")


_KEPT = {"expires_at", "revision"}


def _check(caller: Caller) -> None:
    """Raises NotAllowed for a person who leads nobody."""
    role = caller.person.role if caller.person else None
    if caller.person is not None and (role is None or not role.includes(Role.INCIDENT_MANAGER)):
        raise NotAllowed(f"this needs the role {Role.INCIDENT_MANAGER.value}")


def _since(request: Request, since: date | None) -> date:
    return since or (heliograph_of(request).clock.now() - DAYS).date()


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
