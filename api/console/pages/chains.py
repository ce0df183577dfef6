"""What keeps coming back, one card for each chain, and what a person decides about it."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.domain.directory import Key, Role
from pipeline.domain.errors import NotAllowed, WrongState
from pipeline.domain.problem import OVER, Priority
from pipeline.domain.recurring import DECISIONS
from pipeline.flow.recurrence.cases import cases
from pipeline.flow.recurrence.deciding import OPEN, UNDONE

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ..chain_view import chain_shown
from ..rendering import page

router = APIRouter()
PAGE = 200
"""Chains on one page; further ones are on the next."""


@router.get("/chains")
def list_(request: Request, after: Annotated[Key | None, Query()] = None) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    with app.store.read() as tx:
        chains = tx.chains(PAGE, tx.chain(after) if after else None)
        members = tx.members([chain.id for chain in chains])
        problems = tx.problems_of([chain.id for chain in chains])
        latest = {name: of[-1].incident for name, of in members.items()}
        incidents = cases(tx, list(latest.values()))
    cards = [
        (chain, members[chain.id], incidents[latest[chain.id]])
        for chain in chains
        if chain.id in latest and latest[chain.id] in incidents
    ]
    values = {
        "open": [card for card in cards if card[0].state in OPEN],
        "problems": problems,
        "decided": [card for card in cards if card[0].state not in OPEN],
        "after": chains[-1].id if len(chains) == PAGE else None,
    }
    return page(request, "chains.html", values, visitor=visitor)


@router.get("/chains/{name}")
def show(request: Request, name: str) -> HTMLResponse:
    return chain_page(request, name)


@router.post("/chains/{name}")
def decide(
    request: Request,
    name: str,
    decision: Annotated[str, Form()],
    csrf: Annotated[str, Form()] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
    into: Annotated[str, Form(max_length=200)] = "",
    title: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    to = next((one for one in DECISIONS if one.value == decision), None)
    if to is None:
        raise NotAllowed("there is nothing of that kind to decide")
    try:
        heliograph_of(request).problem_keeping.chains.decide(
            name, to, by=visitor.person.id, reason=reason, into=into, title=title
        )
    except WrongState as refused:
        return chain_page(
            request, name, refused.hindrance.value, {"reason": reason, "into": into, "title": title}
        )
    return RedirectResponse(f"/chains/{name}", status_code=303)


def chain_page(
    request: Request, name: str, error: str = "", given: dict[str, str] | None = None
) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    shown = chain_shown(app, name, visitor.person.zone)
    acted = [one.by for one in shown.problem.taken] if shown.problem else []
    values = {
        "shown": shown,
        "chain": shown.chain,
        "people": app.queries.people([shown.chain.decided_by or "", *acted]),
        "may_act": visitor.role.includes(Role.TECHNICIAN) and shown.chain.state in OPEN,
        "decisions": [each.value for each in DECISIONS if each is not shown.chain.state],
        "error": error,
        "given": given or {"reason": "", "into": "", "title": ""},
        "may_work": visitor.role.includes(Role.TECHNICIAN),
        "may_undo": shown.chain.state in UNDONE and shown.problem is None,
        "priorities": get_args(Priority),
        "over": shown.problem is not None and shown.problem.state in OVER,
    }
    return page(request, "chain.html", values, visitor=visitor, status=409 if error else 200)
