"""What did the answers of a model take? Each call that was made counts, also one that failed."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.errors import ModelFailed

from ...domain.prose import Cost
from ...model_ports import Answered


def cost_of(answers: Sequence[Answered], failed: Sequence[ModelFailed]) -> Cost:
    """A call that failed was made, and a kept answer was not. Whoever was not asked is not in `failed`."""
    paid = [_of_answer(one) for one in answers if not one.kept] + [
        _of_failed(one) for one in failed
    ]
    return sum(paid, Cost())


def _of_answer(one: Answered) -> Cost:
    return Cost(
        calls=1,
        tokens_in=one.tokens_in,
        tokens_out=one.tokens_out,
        money=one.money,
        seconds=one.seconds,
    )


def _of_failed(one: ModelFailed) -> Cost:
    """Of its money nothing is known."""
    return Cost(calls=1, tokens_in=one.tokens_in, tokens_out=one.tokens_out)
