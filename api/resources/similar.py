"""Which earlier tickets are like this one?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.recurring import VerdictName
from pipeline.domain.times import Instant

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute
from ..similar_tickets import Likes, Similar, likes_of
from .of_incident import incident_named

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=JsonRoute)


class ReasonShape(BaseModel):
    sign: str = Field(description="In what the two are alike, or differ.")
    adds: float = Field(description="What it adds to the log-odds that both are one failure.")


class SimilarShape(BaseModel):
    id: str
    number: str
    title: str
    state: str
    opened_at: Instant
    probability: float = Field(description="That both are one failure, 0 to 1.")
    reasons: list[ReasonShape]
    differs: list[ReasonShape]
    fixed_by: str | None = Field(description="What its solution says.")
    cause: str | None = Field(description="Its cause, where somebody confirmed one.")
    imported: bool = Field(description="Of the past that was brought in: see /history/tickets.")
    url: str | None = Field(description="Where it stands at its desk.")


class LikesShape(BaseModel):
    """The likeliest first, of those that came before. Judged when the ticket came in, and again when it was
    resolved or closed; on what was known then."""

    judged_at: Instant | None = Field(description="Null until it was compared with the past.")
    verdict: VerdictName | None
    similar: list[SimilarShape]
    chain: str | None = Field(description="The chain of which it is a case, once one is proposed.")


@router.get("/{name:path}/similar", summary="Earlier tickets like it", responses=READING)
def list_similar(
    request: Request, caller: Annotated[Caller, Depends(allowed("read"))], name: str
) -> LikesShape:
    """With the reasons for each, and what fixed it. Tickets that the caller may not read are left out."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    return _shown(likes_of(app, incident, lambda one: caller.reaches(one.source)))


def _shown(likes: Likes) -> LikesShape:
    judgement = likes.judgement
    return LikesShape(
        judged_at=judgement.at if judgement else None,
        verdict=judgement.verdict if judgement else None,
        similar=[_one(one) for one in likes.similar],
        chain=likes.chain.id if likes.chain else None,
    )


def _one(similar: Similar) -> SimilarShape:
    return SimilarShape(
        id=similar.incident.id,
        number=similar.incident.number,
        title=similar.incident.title.value,
        state=similar.incident.state.value.value,
        opened_at=similar.incident.opened_at,
        probability=round(similar.alike.probability, 4),
        reasons=[ReasonShape(sign=sign, adds=adds) for sign, adds in similar.reasons],
        differs=[ReasonShape(sign=sign, adds=adds) for sign, adds in similar.differs],
        fixed_by=similar.fixed_by,
        cause=similar.cause,
        imported=similar.imported,
        url=similar.incident.url,
    )
