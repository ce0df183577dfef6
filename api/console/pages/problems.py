"""What a person records of a problem, and how a chain is split or a decision taken back: posts of the chain's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import StaleVersion, UnknownThing, WrongState
from pipeline.domain.problem import Priority, Problem
from pipeline.flow.recurrence.problems import Said

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ...problem_articles import article_of
from .chains import chain_page

router = APIRouter()
LONG, SHORT = 20_000, 2_000
STALE = "moved_on"


@router.post("/problem-records/{number}")
def record(
    request: Request,
    number: str,
    csrf: Annotated[str, Form()] = "",
    version: Annotated[int, Form()] = 0,
    title: Annotated[str, Form(max_length=300)] = "",
    owner: Annotated[str, Form(max_length=200)] = "",
    priority: Annotated[str, Form(max_length=2)] = "",
    outside: Annotated[str, Form(max_length=SHORT)] = "",
    workaround: Annotated[str, Form(max_length=LONG)] = "",
    cause: Annotated[str, Form(max_length=LONG)] = "",
    fix: Annotated[str, Form(max_length=LONG)] = "",
) -> Response:
    said = Said(
        title=title,
        owner=owner,
        priority=next((p for p in get_args(Priority) if p == priority), ""),
        outside=outside,
        workaround=workaround,
        cause=cause,
        fix=fix,
    )

    def act(app: Heliograph, visitor: Visitor, problem: Problem) -> None:
        app.problem_keeping.desk.record(problem.number, said, by=visitor.person.id, version=version)

    return _acted(request, number, csrf, act)


@router.post("/problem-records/{number}/closing")
def close(
    request: Request,
    number: str,
    csrf: Annotated[str, Form()] = "",
    version: Annotated[int, Form()] = 0,
    reason: Annotated[str, Form(max_length=SHORT)] = "",
) -> Response:
    def act(app: Heliograph, visitor: Visitor, problem: Problem) -> None:
        app.problem_keeping.desk.close(
            problem.number, by=visitor.person.id, reason=reason, version=version
        )

    return _acted(request, number, csrf, act)


@router.post("/problem-records/{number}/article")
def article(request: Request, number: str, csrf: Annotated[str, Form()] = "") -> Response:
    def act(app: Heliograph, visitor: Visitor, problem: Problem) -> None:
        article_of(app, problem.number, by=visitor.person.id)

    return _acted(request, number, csrf, act)


@router.post("/chains/{name}/split")
def split(
    request: Request,
    name: str,
    csrf: Annotated[str, Form()] = "",
    cases: Annotated[list[str] | None, Form()] = None,
) -> Response:
    visitor = _technician(request, csrf)
    try:
        heliograph_of(request).problem_keeping.chains.split(name, cases or [], by=visitor.person.id)
    except WrongState as refused:
        return chain_page(request, name, refused.hindrance.value)
    return RedirectResponse(f"/chains/{name}", status_code=303)


@router.post("/chains/{name}/undo")
def undo(request: Request, name: str, csrf: Annotated[str, Form()] = "") -> Response:
    visitor = _technician(request, csrf)
    try:
        heliograph_of(request).problem_keeping.chains.undo(name, by=visitor.person.id)
    except WrongState as refused:
        return chain_page(request, name, refused.hindrance.value)
    return RedirectResponse(f"/chains/{name}", status_code=303)


def _acted(
    request: Request,
    number: str,
    csrf: str,
    act: Callable[[Heliograph, Visitor, Problem], None],
) -> Response:
    visitor, app = _technician(request, csrf), heliograph_of(request)
    problem = _named(app, number)
    try:
        act(app, visitor, problem)
    except WrongState as refused:
        return chain_page(request, problem.chain, refused.hindrance.value)
    except StaleVersion:
        return chain_page(request, problem.chain, STALE)
    return RedirectResponse(f"/chains/{problem.chain}", status_code=303)


def _technician(request: Request, csrf: str) -> Visitor:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    return visitor


def _named(app: Heliograph, number: str) -> Problem:
    with app.store.read() as tx:
        problem = tx.problem(number)
    if problem is None:
        raise UnknownThing(f"no problem {number[:100]}")
    return problem
