"""What is recorded on a ticket of what keeps coming back: that it is one more case, and what became of the problem.

A chain and a problem have no ticket of their own: what happens to them is told on the ticket of its newest case.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from .directory import Key
from .payload import ByPerson, Line, Link, Payload
from .problem import Step
from .recurring import ChainKind, ChainState


class Recurred(Payload):
    """Said by Heliograph itself: this ticket is a case of something that was, or is now, proposed as a problem."""

    type = "heliograph.ticket.recurred.v1"
    summary = "The ticket is one more case of what keeps coming back."
    example: ClassVar[dict[str, Any]] = {"chain": "inc_01", "kind": "chain", "cases": 3}

    chain: Key
    kind: ChainKind
    cases: int = Field(strict=True, ge=1)
    standing: ChainState = Field(
        default=ChainState.PROPOSED, description="What people decided about the chain so far."
    )
    told: bool = Field(default=False, description="An earlier case was told already.")


class ProblemMoved(ByPerson):
    """A problem was opened, has a workaround, was fixed, is proven quiet, came back, or was closed."""

    type = "heliograph.ticket.problem_moved.v1"
    summary = "A problem that this ticket is a case of took a step."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"problem": "PRB-9603", "step": "opened"}

    problem: Key
    step: Step


class ProblemRecorded(ByPerson):
    """The desk that owns the ticket has a problem record for it: asked for by us, or opened there by hand."""

    type = "heliograph.ticket.problem_recorded.v1"
    summary = "The desk keeps a problem record for this ticket."
    personal = frozenset({"title", "by"})
    example: ClassVar[dict[str, Any]] = {
        "problem": "PRB-7",
        "title": "GlobalLink error 809 on Monday mornings",
        "url": "https://desk.example.org/problems/7",
    }

    problem: Key = Field(max_length=64, description="Its number there.")
    title: Line | None = None
    url: Link | None = None


PAYLOADS: tuple[type[Payload], ...] = (Recurred, ProblemMoved, ProblemRecorded)
