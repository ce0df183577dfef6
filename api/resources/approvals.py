"""Approvals of a ticket: ask, look, decide, withdraw, name a substitute."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.approvals import Approval, ApprovalState
from pipeline.domain.decision_events import Approvers, PassedBecause
from pipeline.domain.directory import Key, Text
from pipeline.domain.incident import Incident
from pipeline.domain.payload import Line
from pipeline.domain.times import Instant
from pipeline.flow.approvals.acts import Question

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import incident_named

router = APIRouter(prefix="/incidents", tags=["approvals"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
Actor = Annotated[Caller, Depends(allowed("act"))]


class PlaceShape(BaseModel):
    """Who decides there now, and in whose place."""

    approver: str
    holder: str
    since: Instant
    because: Literal["asked"] | PassedBecause
    approved: bool | None = Field(description="Null while their word is awaited.")


class ApprovalShape(BaseModel):
    approval: str
    state: ApprovalState
    what: str
    effect: str | None
    cost: str | None
    mode: Literal["any", "all"]
    asked_by: str | None
    asked_at: Instant
    due_by: Instant | None
    places: list[PlaceShape]
    decided_by: str | None
    decided_at: Instant | None
    comment: str | None
    ended_at: Instant | None


class AskBody(Body):
    """What they are to agree to, and who."""

    approvers: Approvers
    what: Text
    effect: Text | None = None
    cost: Line | None = None
    mode: Literal["any", "all"] = "any"
    due_by: Instant | None = None


class DecideBody(Body):
    approved: bool
    by: Key | None = Field(
        default=None,
        description="Who decided; a program must say so, a person decides for themselves alone.",
    )
    comment: str = Field(default="", max_length=4000)


class WithdrawBody(Body):
    reason: str = Field(default="", max_length=1000)


class SubstituteBody(Body):
    of: Key = Field(description="Who is asked now.")
    to: Key = Field(description="Who decides instead: somebody of the directory.")


@router.get("/{name:path}/approvals", summary="What is to be agreed to", responses=READING)
def list_approvals(request: Request, caller: Reader, name: str) -> list[ApprovalShape]:
    """In the order in which it was asked."""
    return [shaped(a) for a in incident_named(request, name, caller).approvals]


@router.post("/{name:path}/approvals", summary="Ask for an approval", responses=ACTING)
def ask(request: Request, caller: Actor, name: str, body: AskBody) -> ApprovalShape:
    """Each of those who are asked gets a message with a link of their own."""
    incident = incident_named(request, name, caller)
    question = Question(**{field: getattr(body, field) for field in AskBody.model_fields})
    acts = heliograph_of(request).deciding.approvals
    return shaped(acts.ask(incident.id, question, caller.name))


@router.post("/{name:path}/approvals/{approval:path}/decide", summary="Decide", responses=ACTING)
def decide(
    request: Request, caller: Actor, name: str, approval: str, body: DecideBody
) -> ApprovalShape:
    """The first decision counts: 409 when it is decided, withdrawn or over, and the approval says by whom."""
    incident = incident_named(request, name, caller)
    by = caller.person.id if caller.person else body.by or caller.name
    return shaped(
        heliograph_of(request).deciding.approvals.decide(
            incident.id,
            approval,
            by=by,
            approved=body.approved,
            comment=body.comment,
            where="api",
        )
    )


@router.post(
    "/{name:path}/approvals/{approval:path}/withdraw", summary="Withdraw it", responses=ACTING
)
def withdraw(
    request: Request, caller: Actor, name: str, approval: str, body: WithdrawBody
) -> ApprovalShape:
    """Nobody is asked or reminded any more."""
    incident: Incident = incident_named(request, name, caller)
    acts = heliograph_of(request).deciding.approvals
    return shaped(acts.withdraw(incident.id, approval, by=caller.name, reason=body.reason))


@router.post(
    "/{name:path}/approvals/{approval:path}/substitute",
    summary="Name a substitute",
    responses=ACTING,
)
def substitute(
    request: Request, caller: Actor, name: str, approval: str, body: SubstituteBody
) -> ApprovalShape:
    """They are asked at once; whoever was asked before may still decide."""
    incident = incident_named(request, name, caller)
    acts = heliograph_of(request).deciding.approvals
    return shaped(acts.substitute(incident.id, approval, of=body.of, to=body.to, by=caller.name))


def shaped(approval: Approval) -> ApprovalShape:
    asked, said = approval.asked.value, approval.decision
    return ApprovalShape(
        approval=approval.id,
        state=approval.state,
        what=asked.what,
        effect=asked.effect,
        cost=asked.cost,
        mode=asked.mode,
        asked_by=asked.by.id if asked.by else None,
        asked_at=approval.asked.at,
        due_by=asked.due_by,
        places=[
            PlaceShape(
                approver=place.approver.id,
                holder=place.holder.id,
                since=place.since,
                because=place.because,
                approved=place.vote.value.approved if place.vote else None,
            )
            for place in approval.places
        ],
        decided_by=said.value.by.id if said else None,
        decided_at=said.at if said else None,
        comment=said.value.comment if said else None,
        ended_at=approval.ended_at,
    )
