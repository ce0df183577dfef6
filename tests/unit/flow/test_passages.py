"""A part of a message is written in both languages by one step, judged once, and paid for whoever fell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import pytest

from pipeline.domain.errors import Unusable
from pipeline.domain.passage import Passage
from pipeline.domain.prose import Cost, Prose, Step
from pipeline.drafting.prose.assignment import Assignment, Both
from pipeline.flow.writing.passages import PairRung, passage_of
from pipeline.flow.writing.remarks import Check, Judged, Remark, looked_at
from tests.unit.flow.test_ladder import assignment
from tests.unit.flow.writers import Saying
from tests.unit.tickets import START

PAID = Cost(calls=2, tokens_in=200, tokens_out=40, money=1.0, seconds=3.0)
THOUGHT = Cost(calls=1, tokens_in=10, tokens_out=5, money=0.25, seconds=1.0)
ALL = Cost(calls=5, tokens_in=410, tokens_out=85, money=2.25, seconds=7.0)


@dataclass
class Pair:
    """Says the same in both languages, judged as it goes; with `why` it is of no use."""

    why: Exception | None = None
    enough: bool = True
    cost: Cost = PAID

    def write_both(
        self, both: Both, tells: Collection[str], checks: Sequence[Check]
    ) -> tuple[Judged, Judged] | None:
        if self.why is not None:
            raise self.why
        first, second = (self._judged(one, checks) for one in both)
        return (first, second) if self.enough else None

    def _judged(self, of: Assignment, checks: Sequence[Check]) -> Judged:
        prose = Saying(["it crashes"]).write(of)
        assert prose is not None
        return Judged(prose=prose, remarks=looked_at(of, prose, checks))


class Content:
    """Doubts nothing, and is paid for it."""

    cost = THOUGHT

    def __call__(self, assignment: Assignment, prose: Prose) -> Sequence[Remark]:
        return ()


def passage(*rungs: PairRung, checks: Sequence[Check] = ()) -> Passage:
    both = assignment("it crashes"), replace(assignment("it crashes"), language="zh")
    return passage_of(
        both, (), rungs, checks=checks, states={"en": {}, "zh": {}}, digest="d", now=START
    )


@pytest.mark.parametrize("why", [Unusable("half a JSON"), ZeroDivisionError()])
def test_a_step_that_fell_is_paid_for_too(why: Exception) -> None:
    """And the opinion that it was asked for."""
    found = passage(
        PairRung(step=Step.MODEL, writer=Pair(why=why), opinion=Content()),
        PairRung(step=Step.SECOND_MODEL, writer=Pair()),
    )
    assert [fall.step for fall in found.falls] == [Step.MODEL]
    assert set(found.said) == {"en", "zh"}
    assert found.cost == ALL


@pytest.mark.parametrize("last", [Pair(why=Unusable("late")), Pair(enough=False)])
def test_what_came_to_nothing_was_paid_for(last: Pair) -> None:
    """Where every step fell, and where the last found too little to write about."""
    found = passage(
        PairRung(step=Step.MODEL, writer=Pair(why=Unusable("late")), opinion=Content()),
        PairRung(step=Step.SECOND_MODEL, writer=last),
    )
    assert (found.said, found.cost) == ({}, ALL)
    assert found.why_not


def test_each_language_is_judged_once() -> None:
    """What was said then is what is kept."""
    seen: list[str] = []

    def check(assignment: Assignment, prose: Prose) -> Iterable[Remark]:
        seen.append(assignment.language)
        return ()

    passage(PairRung(step=Step.MODEL, writer=Pair()), checks=[check])
    assert seen == ["en", "zh"]
