"""Problems: what keeps coming back and is looked into, what helps meanwhile, and what mended it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Key
from pipeline.domain.errors import Malformed, UnknownThing
from pipeline.domain.problem import Priority, Problem
from pipeline.flow.recurrence.problems import Said

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from ..problem_articles import article_of

router = APIRouter(prefix="/problems", tags=["recurrence"], route_class=JsonRoute)
_LONGEST = 20_000


class ProblemBody(Body):
    """What is left out stays; an empty text takes it away."""

    version: int | None = Field(default=None, description="Of the record that the writer saw.")
    title: str | None = Field(default=None, max_length=300)
    owner: str | None = Field(default=None, max_length=200, description="A group's or person's id.")
    priority: Priority | None = None
    outside: str | None = Field(
        default=None, max_length=2000, description="Its number or link elsewhere."
    )
    workaround: str | None = Field(default=None, max_length=_LONGEST)
    cause: str | None = Field(default=None, max_length=_LONGEST)
    fix: str | None = Field(
        default=None, max_length=_LONGEST, description="From then on quiet is waited for."
    )


class ClosingBody(Body):
    reason: str = Field(max_length=2000)
    version: int | None = None


class ArticleMade(BaseModel):
    article: str


@router.get("", summary="Problems", responses=READING)
def list_problems(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("read"))],
    limit: Annotated[int, Query(ge=1, le=200)] = 200,
    after: Annotated[Key | None, Query(description="The `number` of the last one before.")] = None,
) -> list[Problem]:
    """The newest first. Those on whose ticket the caller may not look are left out; fewer than `limit` are the
    last ones."""
    return list(islice(_reached(heliograph_of(request), caller, after), limit))


def _reached(app: Heliograph, caller: Caller, after: str | None) -> Iterator[Problem]:
    """All that follow, read by pages as they are asked for."""
    with app.store.read() as tx:
        last = tx.problem(after) if after else None
    if after and last is None:
        raise Malformed("is no problem", field="after")
    while True:
        with app.store.read() as tx:
            found = tx.problems(after=last)
            anchors = tx.incidents([problem.anchor for problem in found])
        for problem in found:
            if problem.anchor in anchors and caller.reaches(anchors[problem.anchor].source):
                yield problem
        if not found:
            return
        last = found[-1]


@router.get("/{number}", summary="One problem", responses=READING)
def show_problem(
    request: Request, caller: Annotated[Caller, Depends(allowed("read"))], number: str
) -> Problem:
    """With what is known of it and each step that was taken, by whom."""
    return _named(heliograph_of(request), caller, number)


@router.post("/{number}", summary="Record what is known of it", responses=ACTING)
def record_problem(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    number: str,
    body: ProblemBody,
) -> Problem:
    """Whoever hears of problems is told of a workaround, and of a fix."""
    app = heliograph_of(request)
    _named(app, caller, number)
    said = Said(**body.model_dump(exclude={"version"}))
    return app.problem_keeping.desk.record(number, said, by=caller.name, version=body.version)


@router.post("/{number}/closing", summary="Close it without proof", responses=ACTING)
def close_problem(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    number: str,
    body: ClosingBody,
) -> Problem:
    """With a reason. Its cases stay together; whoever hears of problems is told."""
    app = heliograph_of(request)
    _named(app, caller, number)
    return app.problem_keeping.desk.close(
        number, by=caller.name, reason=body.reason, version=body.version
    )


@router.post("/{number}/article", summary="Make an article of its workaround", responses=ACTING)
def make_article(
    request: Request, caller: Annotated[Caller, Depends(allowed("act"))], number: str
) -> ArticleMade:
    """A draft: nobody but editors may read it until one of them says who."""
    app = heliograph_of(request)
    _named(app, caller, number)
    return ArticleMade(article=article_of(app, number, by=caller.name))


def _named(app: Heliograph, caller: Caller, number: str) -> Problem:
    with app.store.read() as tx:
        problem = tx.problem(number)
        anchor = tx.incident(problem.anchor) if problem else None
    if problem is None or anchor is None or not caller.reaches(anchor.source):
        raise UnknownThing(f"no problem {number[:100]}")
    return problem
