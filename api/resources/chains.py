"""What keeps coming back, and what was decided about it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Key
from pipeline.domain.errors import Malformed, UnknownThing
from pipeline.domain.recurring import Chain, ChainKind, ChainState
from pipeline.domain.times import Instant
from pipeline.flow.recurrence.cases import cases
from pipeline.flow.recurrence.merging import way_of
from pipeline.ports import Transaction

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute

router = APIRouter(prefix="/chains", tags=["recurrence"], route_class=JsonRoute)
MOST_AT_ONCE = 1000


class CaseShape(BaseModel):
    id: str
    number: str
    title: str
    opened_at: Instant


class ChainShape(BaseModel):
    """Cases of one failure. `kind` request is a wish that comes again and again: an article or automation
    helps, not a problem record."""

    id: str
    kind: ChainKind
    state: ChainState
    proposed_at: Instant
    cases: list[CaseShape]
    decided_at: Instant | None
    decided_by: str | None
    reason: str | None
    merged_into: str | None
    from_history: bool = Field(
        description="Found among past tickets alone, because it was asked for."
    )
    problem: str | None = Field(description="The number of its problem.")


class DecisionBody(Body):
    decision: Literal["accepted", "watched", "refused", "merged"]
    reason: str = Field(default="", max_length=2000, description="Needed for a refusal.")
    into: str = Field(default="", max_length=200, description="Problem or chain, for a merge.")
    title: str = Field(default="", max_length=300, description="What an accepted one is called.")


class SplitBody(Body):
    cases: list[str] = Field(max_length=1000, description="Ids of the tickets that leave.")


class SplitShape(BaseModel):
    chain: str = Field(description="The chain that they are now.")


@router.get("", summary="What keeps coming back", responses=READING)
def list_chains(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("read"))],
    limit: Annotated[int, Query(ge=1, le=200)] = 200,
    after: Annotated[Key | None, Query(description="The `id` of the last one before.")] = None,
) -> list[ChainShape]:
    """The latest proposal first. Chains of which the caller may read no case are left out; fewer than `limit` are
    the last ones."""
    app = heliograph_of(request)
    shown = (one for page in _pages(app, caller, after) for one in page if one.cases)
    return list(islice(shown, limit))


def _pages(app: Heliograph, caller: Caller, after: str | None) -> Iterator[list[ChainShape]]:
    """All that follow, read as they are asked for."""
    with app.store.read() as tx:
        last = tx.chain(after) if after else None
        if after and last is None:
            raise Malformed("is no chain", field="after")
        found = tx.chains(after=last)
        shown = _all_shown(tx, caller, found)
    while found:
        yield shown
        with app.store.read() as tx:
            found = tx.chains(after=found[-1])
            shown = _all_shown(tx, caller, found)


@router.get("/{name}", summary="One chain", responses=READING)
def show_chain(
    request: Request, caller: Annotated[Caller, Depends(allowed("read"))], name: str
) -> ChainShape:
    """With its cases, oldest first, and why each belongs to it."""
    return _named(heliograph_of(request), caller, name)


@router.post("/{name}/decision", summary="Accept, watch, refuse or merge", responses=ACTING)
def decide(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    name: str,
    body: DecisionBody,
) -> ChainShape:
    """Once: the first decision stands, but for watching, from which one may still decide. A merge leads to tickets
    that the caller may see."""
    app = heliograph_of(request)
    _named(app, caller, name)
    to = ChainState(body.decision)
    if to is ChainState.MERGED:
        with app.store.read() as tx:
            way = way_of(tx, body.into.strip())
        if way:
            _named(app, caller, way[-1])
    said = {"reason": body.reason, "into": body.into, "title": body.title}
    chain = app.problem_keeping.chains.decide(name, to, by=caller.name, **said)
    return _shown(app, caller, chain)


@router.post("/{name}/undo", summary="Take a decision back", responses=ACTING)
def undo(
    request: Request, caller: Annotated[Caller, Depends(allowed("act"))], name: str
) -> ChainShape:
    """It is a proposal again, with the cases that a merge took. What has a problem is closed instead."""
    app = heliograph_of(request)
    _named(app, caller, name)
    return _shown(app, caller, app.problem_keeping.chains.undo(name, by=caller.name))


@router.post("/{name}/split", summary="Part cases from it", responses=ACTING)
def split(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("act"))],
    name: str,
    body: SplitBody,
) -> SplitShape:
    """They are another failure; no pair of one of them and one of the others is put together again."""
    app = heliograph_of(request)
    _named(app, caller, name)
    return SplitShape(chain=app.problem_keeping.chains.split(name, body.cases, by=caller.name))


def _named(app: Heliograph, caller: Caller, name: str) -> ChainShape:
    with app.store.read() as tx:
        chain = tx.chain(name)
        gave = cases(tx, chain.gave).values() if chain else ()
    shown = _shown(app, caller, chain) if chain else None
    # A merged one has no cases left: it is theirs whose cases it gave.
    if shown is None or not (shown.cases or any(caller.reaches(one.source) for one in gave)):
        raise UnknownThing(f"no chain {name[:100]}")
    return shown


def _shown(app: Heliograph, caller: Caller, chain: Chain) -> ChainShape:
    with app.store.read() as tx:
        return _all_shown(tx, caller, [chain])[0]


def _all_shown(tx: Transaction, caller: Caller, chains: Sequence[Chain]) -> list[ChainShape]:
    names = [chain.id for chain in chains]
    members, problems = tx.members(names), tx.problems_of(names)
    ids = [member.incident for of in members.values() for member in of]
    shown: dict[str, CaseShape] = {}
    # One chain may have more cases than a statement takes values.
    for first in range(0, len(ids), MOST_AT_ONCE):
        shown |= {
            i.id: CaseShape(id=i.id, number=i.number, title=i.title.value, opened_at=i.opened_at)
            for i in cases(tx, ids[first : first + MOST_AT_ONCE]).values()
            if caller.reaches(i.source)
        }
    return [
        ChainShape(
            cases=[shown[m.incident] for m in members.get(chain.id, ()) if m.incident in shown],
            problem=problems[chain.id].number if chain.id in problems else None,
            **chain.model_dump(exclude={"gave", "told_on"}),
        )
        for chain in chains
    ]
