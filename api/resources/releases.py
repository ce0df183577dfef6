"""Who has to agree to a text that waits, and the votes of those who do."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.agreement import Ballot, Voter
from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..console.agreements import standings
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import communication_named

router = APIRouter(route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
Actor = Annotated[Caller, Depends(allowed("act"))]


class Remark(Body):
    """What is kept with the vote."""

    reason: str = Field(default="", max_length=1000)


class VoteShown(BaseModel):
    voter: str
    person: bool = Field(description="False for a program with a token.")
    via: Literal["console", "link", "api"]
    ballot: Literal["agree", "veto"]
    why: str
    at: str


class AgreementShown(BaseModel):
    """What a text waits for. `due_at` is when `lapse` happens, or when it leaves unless it is vetoed."""

    communication: str
    state: Literal["open", "ended"]
    mode: str
    rule: str
    agreed: int
    needed: int
    groups: list[str]
    authors: list[str]
    due_at: str | None
    lapse: str
    votes: list[VoteShown]


class Voted(BaseModel):
    """How it stands after the vote; `left` says whether the text is on its way."""

    agreed: int
    needed: int
    left: bool
    vetoed: bool


@router.get(
    "/communications/{name}/agreement",
    tags=["waiting"],
    summary="Who has agreed, who may, until when",
    responses=READING,
)
def show_agreement(request: Request, caller: Reader, name: str) -> AgreementShown:
    """For a communication that was held back, also after it was decided on."""
    communication_named(request, name, caller)
    found = standings(heliograph_of(request), [name]).get(name)
    if found is None:
        raise UnknownThing(f"communication {name[:100]} never waited for anybody")
    a = found.agreement
    return AgreementShown(
        communication=name,
        state=a.state,
        mode=a.demand.mode.value,
        rule=a.demand.rule,
        agreed=found.agreed,
        needed=found.needed,
        groups=[group.id for group, _ in found.asked],
        authors=[author.id for author in a.authors],
        due_at=a.due_at.isoformat() if a.due_at else None,
        lapse=a.demand.lapse.value,
        votes=[
            VoteShown(
                voter=v.voter.id,
                person=v.voter.person,
                via=v.voter.via,
                ballot=v.ballot.value,
                why=v.why,
                at=v.at.isoformat(),
            )
            for v, _ in found.votes
        ],
    )


@router.post(
    "/communications/{name}/release",
    tags=["waiting"],
    summary="Agree that it may leave",
    responses=ACTING,
)
def release(request: Request, caller: Actor, name: str, body: Remark) -> Voted:
    """It leaves with the last agreement that its rule asks for. A reason is needed when findings hold it; what is
    blocked cannot be released. All tokens together count as one, and none counts where a group is asked."""
    return _voted(request, caller, name, Ballot.AGREE, body.reason)


@router.post(
    "/communications/{name}/veto", tags=["waiting"], summary="Stop it for good", responses=ACTING
)
def veto(request: Request, caller: Actor, name: str, body: Remark) -> Voted:
    """One veto outweighs every agreement; the text is not sent."""
    return _voted(request, caller, name, Ballot.VETO, body.reason)


def _voted(request: Request, caller: Caller, name: str, ballot: Ballot, why: str) -> Voted:
    communication_named(request, name, caller)
    count = heliograph_of(request).releasing.vote(name, _voter(caller), ballot, why)
    return Voted(
        agreed=len(count.agreed), needed=count.needed, left=count.suffices, vetoed=count.vetoed
    )


def _voter(caller: Caller) -> Voter:
    person = caller.person
    if person is None:
        return Voter(id=caller.name[:200], via="api", person=False)
    manages = person.role is not None and person.role.includes(Role.INCIDENT_MANAGER)
    return Voter(id=person.id, via="api", manages=manages)
