"""An approver decides on a page behind a signed link, also on a telephone. Opening it decides nothing: mail
scanners open links too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.approvals import Approval
from pipeline.domain.directory import Person
from pipeline.domain.errors import BadSignature, Refused
from pipeline.domain.incident import Incident
from pipeline.flow.links import APPROVAL

from ..auth.visitors import check_origin, heliograph_of
from ..console.names import names_of
from ..console.rendering import page
from .opened import desk_of, gone, language_for

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
MOST_WORDS = 4000


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link that counts: this approval, and who decides by it."""

    incident: Incident
    approval: Approval
    person: Person


@router.get("/d/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    opened = _open(heliograph_of(request), token)
    return gone(request) if opened is None else _page(request, opened)


@router.post("/d/{token}")
def decide(
    request: Request,
    token: str,
    decision: Annotated[str, Form(max_length=20)] = "",
    me: Annotated[str, Form(max_length=20)] = "",
    comment: Annotated[str, Form(max_length=MOST_WORDS)] = "",
) -> HTMLResponse:
    """The signed link is the permission, and whoever presses says that they are the person it is for."""
    check_origin(request)
    app = heliograph_of(request)
    opened = _open(app, token)
    if opened is None:
        return gone(request)
    if decision not in ("yes", "no") or me != "yes":
        return _page(request, opened, comment=comment, chosen=decision, problem="unconfirmed")
    problem = ""
    try:
        app.deciding.approvals.decide(
            opened.incident.id,
            opened.approval.id,
            by=opened.person.id,
            approved=decision == "yes",
            comment=comment,
            where="link",
        )
    except Refused as refused:
        # Decided meanwhile: the page says by whom, and when.
        log.info("a decision was refused", incident=opened.incident.id, why=str(refused))
        problem = "first"
    again = _open(app, token) or opened
    return _page(request, again, problem=problem if again.approval.waiting else problem and "late")


def _open(app: Heliograph, token: str) -> Opened | None:
    try:
        said = app.signer.open(APPROVAL, token, app.clock.now())
    except BadSignature:
        return None
    incident = app.queries.incident(said["incident"])
    if incident is None:
        return None
    approval = next((a for a in incident.approvals if a.id == said["approval"]), None)
    person = app.queries.people([said["person"]], source=incident.source).get(said["person"])
    if approval is None or person is None or not person.active:
        return None
    if not approval.asked_ever(person.id):
        return None
    return Opened(incident=incident, approval=approval, person=person)


def _page(
    request: Request,
    opened: Opened,
    *,
    comment: str = "",
    chosen: str = "",
    problem: str = "",
) -> HTMLResponse:
    app, approval, person = heliograph_of(request), opened.approval, opened.person
    values = {
        "incident": opened.incident,
        "approval": approval,
        "asked": approval.asked.value,
        "person": person,
        "names": names_of(app.queries, [opened.incident]),
        "mine": approval.vote_of(person.id),
        "may_decide": approval.may_decide(person.id),
        "comment": comment,
        "chosen": chosen,
        "problem": problem,
        **desk_of(app),
    }
    return page(
        request,
        "decision.html",
        values,
        language=language_for(request, app, person),
        zone=person.zone,
        status=422 if problem == "unconfirmed" else 409 if problem else 200,
    )
