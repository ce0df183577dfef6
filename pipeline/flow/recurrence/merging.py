"""Into what is a chain merged? Another chain, one of our problems, or a record that somebody keeps elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.directory import one_line
from ...domain.errors import Hindrance, Malformed, WrongState
from ...domain.recurring import Chain
from ...ports import Transaction

MOST_MERGED = 100
"""Merges that are followed: more are a circle."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """`named` is what the chain's row says; `outside` is set for what is none of ours."""

    named: str = ""
    outside: str = ""


def merge_into(tx: Transaction, chain: Chain, into: str) -> tuple[Target, tuple[str, ...]]:
    """The cases go to the other chain, if it is one of ours, or a problem of ours has one; which went is the
    second value. What was merged on is followed to its end. Raises WrongState for a way that leads back, and
    Malformed for what is no number, name or link."""
    _one_line(into)
    problem = tx.problem(into)
    name = problem.chain if problem else into
    if tx.chain(name) is None:
        return Target(named=into, outside=into), ()
    end = _end(tx, name, chain.id)
    gave = tuple(member.incident for member in tx.members([chain.id]).get(chain.id, []))
    tx.move_members(chain.id, into=end)
    return Target(named=end), gave


def _one_line(into: str) -> None:
    try:
        one_line(into).encode()
    except ValueError:
        wrong = "must be one line without control characters"
        raise Malformed(f"into: {wrong}", field="into") from None


def _end(tx: Transaction, name: str, start: str) -> str:
    at, seen = tx.chain(name), 0
    while at is not None:
        if at.id == start or seen == MOST_MERGED:
            raise WrongState(Hindrance.MOVED_ON, "that was merged into this one", field="into")
        following = tx.chain(at.merged_into) if at.merged_into else None
        if following is None:
            return at.id
        at, seen = following, seen + 1
    return name
