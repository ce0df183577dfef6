"""What did a text take? The sum of all that was asked for it; what nobody counted stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from knowledge.errors import ModelFailed

from ...domain.prose import Cost
from ...model_ports import Answered

N = TypeVar("N", int, float)


def cost_of(answers: Sequence[Answered], failed: Sequence[ModelFailed]) -> Cost:
    """A call that failed was made, and a kept answer was not. Whoever was not asked is not in `failed`."""
    asked = [one for one in answers if not one.kept]
    paid: list[Answered | ModelFailed] = [*asked, *failed]
    return Cost(
        calls=len(paid),
        tokens_in=_whole([one.tokens_in for one in paid]),
        tokens_out=_whole([one.tokens_out for one in paid]),
        money=_whole([one.money for one in asked]) if not failed else None,
        seconds=sum(one.seconds for one in asked),
    )


def added(one: Cost, other: Cost) -> Cost:
    """Both together; what neither counted stays unknown."""
    return Cost(
        calls=one.calls + other.calls,
        tokens_in=_sum(one.tokens_in, other.tokens_in),
        tokens_out=_sum(one.tokens_out, other.tokens_out),
        money=_sum(one.money, other.money),
        seconds=one.seconds + other.seconds,
    )


def _whole(counts: Sequence[N | None]) -> N | None:
    """None as soon as one is not known."""
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return None
    return sum(known[1:], known[0])


def _sum(one: N | None, other: N | None) -> N | None:
    return other if one is None else one if other is None else one + other
