"""Which approvals are open: who waits for whom, since when? And what can be done about one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.approvals import Approval
from pipeline.domain.directory import Role
from pipeline.domain.errors import NotAllowed, Refused, UnknownThing, WrongState
from pipeline.domain.incident import Incident

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..names import names_by_source
from ..rendering import page

router = APIRouter()
Csrf = Annotated[str, Form(max_length=200)]
Name = Annotated[str, Form(max_length=200)]
Words = Annotated[str, Form(max_length=4000)]
PROBLEMS = ("decided_already", "not_yours", "nobody", "changed", "unconfirmed")


@router.get("/approvals")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    return _page(request, visitor)


@router.post("/approvals/decide")
def decide(
    request: Request,
    incident: Name,
    approval: Name,
    decision: Annotated[str, Form(max_length=20)] = "",
    comment: Words = "",
    csrf: Csrf = "",
) -> Response:
    """As oneself: whoever is signed in decides in their own place, whatever their role."""
    visitor = visitor_of(request)
    acts = heliograph_of(request).deciding.approvals
    if decision not in ("yes", "no"):
        return _page(request, visitor, "unconfirmed")

    def act() -> None:
        acts.decide(
            incident,
            approval,
            by=visitor.person.id,
            approved=decision == "yes",
            comment=comment,
            where="console",
        )

    return _done(request, visitor, csrf, act)


@router.post("/approvals/withdraw")
def withdraw(
    request: Request, incident: Name, approval: Name, reason: Words = "", csrf: Csrf = ""
) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    acts, by = heliograph_of(request).deciding.approvals, visitor.person.id
    return _done(
        request,
        visitor,
        csrf,
        lambda: acts.withdraw(incident, approval, by=by, reason=reason),
    )


@router.post("/approvals/substitute")
def substitute(
    request: Request,
    incident: Name,
    approval: Name,
    of: Annotated[str, Form(max_length=200)] = "",
    to: Annotated[str, Form(max_length=200)] = "",
    csrf: Csrf = "",
) -> Response:
    """By somebody who works on tickets, or by whoever is asked."""
    visitor = visitor_of(request)
    if of != visitor.person.id:
        require(visitor, Role.TECHNICIAN)
    acts, by = heliograph_of(request).deciding.approvals, visitor.person.id
    return _done(
        request,
        visitor,
        csrf,
        lambda: acts.substitute(incident, approval, of=of, to=to.strip(), by=by),
    )


def _done(request: Request, visitor: Visitor, csrf: str, act: Callable[[], object]) -> Response:
    check_csrf(request, {"csrf": csrf}, visitor)
    try:
        act()
    except Refused as refused:
        return _page(request, visitor, _problem(refused))
    return RedirectResponse("/approvals", status_code=303)


def _problem(refused: Refused) -> str:
    if isinstance(refused, WrongState):
        return "decided_already"
    if isinstance(refused, NotAllowed):
        return "not_yours"
    return "nobody" if isinstance(refused, UnknownThing) else "changed"


def _page(request: Request, visitor: Visitor, problem: str = "") -> HTMLResponse:
    app = heliograph_of(request)
    found = open_approvals(app)
    values = {
        "open": found,
        "names": names_by_source(app.queries, [incident for incident, _ in found]),
        "people": [p for p in app.queries.directory().people if p.active and p.addresses]
        if found and visitor.role.includes(Role.TECHNICIAN)
        else [],
        "may_act": visitor.role.includes(Role.TECHNICIAN),
        "problem": problem,
    }
    status = 409 if problem else 200
    return page(request, "approvals.html", values, visitor=visitor, status=status)


def open_approvals(app: Heliograph) -> list[tuple[Incident, Approval]]:
    """Those asked first come first; each once, however many are asked."""
    awaited = app.deciding.found.awaited()
    named = dict.fromkeys((step.incident, step.approval) for step in awaited)
    with app.store.read() as tx:
        tickets = tx.incidents(sorted({incident for incident, _ in named}))
    return [
        (tickets[incident], approval)
        for incident, name in named
        if incident in tickets
        for approval in tickets[incident].approvals
        if approval.id == name and approval.is_open
    ]
