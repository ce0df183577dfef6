"""Into what is a chain merged? Another chain, one of our problems, or a record that somebody keeps elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.errors import Hindrance, WrongState
from ...domain.problem import ProblemState
from ...domain.recurring import Chain, Member
from ...ports import Transaction
from .wording import named_in_line

MOST_MERGED = 100
"""Merges that are followed: more are a circle."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """`named` is what the chain's row says; `outside` is set for what is none of ours. `given` are the cases that
    went there, in order of time."""

    named: str = ""
    outside: str = ""
    given: tuple[Member, ...] = ()

    @property
    def gave(self) -> tuple[str, ...]:
        return tuple(member.incident for member in self.given)


def merge_into(tx: Transaction, chain: Chain, into: str) -> Target:
    """The cases go to the other chain, if it is one of ours, or a problem of ours has one. What was merged on is
    followed to its end. Raises WrongState for a way that leads back, and for a problem that somebody closed."""
    way = way_of(tx, into)
    if not way:
        return Target(named=into, outside=into)
    if chain.id in way or len(way) > MOST_MERGED:
        raise WrongState(Hindrance.MOVED_ON, "that was merged into this one", field="into")
    end = way[-1]
    problem = tx.problems_of([end]).get(end)
    if problem is not None and problem.state is ProblemState.CLOSED:
        raise WrongState(Hindrance.MOVED_ON, f"{problem.number} is closed", field="into")
    given = tuple(tx.members([chain.id]).get(chain.id, []))
    tx.move_members(chain.id, into=end)
    return Target(named=end, given=given)


def way_of(tx: Transaction, into: str) -> list[str]:
    """The chains through which a merge into this chain or problem leads, the last one being where cases go; empty
    for what is none of ours. Raises Malformed for a name that is none."""
    problem = tx.problem(named_in_line(into, "into"))
    at, way = tx.chain(problem.chain if problem else into), list[str]()
    while at is not None and at.id not in way and len(way) <= MOST_MERGED:
        way.append(at.id)
        at = tx.chain(at.merged_into) if at.merged_into else None
    return way


def taken_back(tx: Transaction, chain: Chain) -> list[str]:
    """Of the cases that a merge took from it, those that are still where it brought them: a case that somebody
    parted from there meanwhile is elsewhere."""
    there = set(way_of(tx, chain.merged_into)) if chain.merged_into else set()
    return [case for case, at in tx.chain_of(chain.gave).items() if at in there]
