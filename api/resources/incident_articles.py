"""What was found for a ticket in the library, and did any of it help?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from knowledge.article import Article
from pipeline.domain.suggested import Found, Judged, Opinion, Suggested
from pipeline.domain.times import Instant

from ..auth.article_readers import labels_of_caller, labels_on, readable_article
from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import incident_named

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=JsonRoute)


class SaidShape(BaseModel):
    article: str
    person: str
    opinion: Opinion
    at: Instant


class FoundShape(BaseModel):
    """As the articles stood when they were found; what people said since."""

    searched_at: Instant | None = Field(description="Null when no search is done (yet).")
    requester: list[Suggested] = Field(description="What the requester may be told.")
    staff: list[Suggested] = Field(description="What those who work on it may be told.")
    missing: list[str] = Field(description="Retrievers that could not answer in time.")
    failed: bool = Field(description="The search could not be done; the log says why.")
    said: list[SaidShape] = Field(description="The last word of each person on each article.")


class OpinionBody(Body):
    opinion: Opinion


class OpinionResult(BaseModel):
    result: str = Field(
        description="`closed` where the ticket is ours and its requester said that it is solved, "
        "`requested` where an outside desk is asked to close it, `noted` otherwise."
    )


@router.get("/{name:path}/articles", summary="Articles found for it", responses=READING)
def list_found(
    request: Request, caller: Annotated[Caller, Depends(allowed("read"))], name: str
) -> FoundShape:
    """For its requester and for those who work on it, with what people said of them. Articles that the
    caller may not read are left out."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    found, said = app.found_articles.found(incident.id), app.found_articles.said_on(incident.id)
    named = {s.article for s in (*found.requester, *found.staff)} if found else set()
    articles = app.found_articles.articles(named | {judged.article for judged in said})
    labels = labels_on(app, labels_of_caller(caller), incident)
    return _shown(found, said, {id_: a for id_, a in articles.items() if a.is_for(labels)})


@router.post(
    "/{name:path}/articles/{article_id}/opinion",
    summary="This solved it, or did not help",
    responses=ACTING,
)
def say(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    name: str,
    article_id: str,
    body: OpinionBody,
) -> OpinionResult:
    """Kept in the ticket's timeline; later searches for tickets like it are answered better. Saying it
    twice is saying it once, and the last word of a person counts."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    labels = labels_on(app, labels_of_caller(caller), incident)
    readable_article(app, article_id, labels)
    done = app.judging.judge(incident.id, article_id, body.opinion, by=caller.name)
    return OpinionResult(result=done)


def _shown(found: Found | None, said: list[Judged], readable: dict[str, Article]) -> FoundShape:
    return FoundShape(
        searched_at=found.at if found else None,
        requester=[s for s in found.requester if s.article in readable] if found else [],
        staff=[s for s in found.staff if s.article in readable] if found else [],
        missing=list(found.missing) if found else [],
        failed=found is not None and found.failed,
        said=[
            SaidShape(article=j.article, person=j.person, opinion=j.opinion, at=j.at)
            for j in said
            if j.article in readable
        ],
    )
