"""Whether two cases are taken for one failure, with what speaks for it."""

from __future__ import annotations

import pytest

from pipeline.recurrence.judging import Judged, Verdict, judge
from pipeline.recurrence.past import MemoryPast
from pipeline.recurrence.score import learnt
from pipeline.recurrence.signs import Sign

from .cases import signed

SAME = [
    ("GlobalLink: error 809 when dialling in", "GlobalLink 拨号失败，错误 809"),
    ("Backup of srv-arch-04 failed, 0x80070070", "srv-arch-04: backup stopped with 0x80070070"),
    ("PeopleDesk 工资条打不开", "PeopleDesk 里工资条打不开了"),
]
APART = [
    ("Backup of fra-sql-01 failed", "Backup of fra-sql-07 failed"),
    ("Interface run stopped with code E1107", "Interface run stopped with code E2213"),
    ("报销系统无法访问", "考勤系统无法访问"),
    ("Please reset my password", "Password reset page fails with an error"),
    ("The projector is dark", "Sums in the budget are wrong"),
]


def judged(one: str, other: str) -> Judged:
    past = MemoryPast()
    past.add(signed(one, service="x"))
    return judge(past, signed(other, days=7, service="x"))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_failure_in_other_words_is_a_recurrence(one: str, other: str) -> None:
    assert judged(one, other).verdict is Verdict.RECURRENCE


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_only_looks_alike_is_none(one: str, other: str) -> None:
    assert judged(one, other).verdict in (Verdict.NEW, Verdict.RELATED)


def test_contributions_add_up() -> None:
    """What is shown as the reasons is the whole of the score."""
    (one,) = judged(*SAME[0]).similar
    assert sum(one.parts().values()) + learnt().intercept == pytest.approx(one.odds)
    assert one.parts()[Sign.CODE] > 0


def test_only_what_came_before_is_compared() -> None:
    """A case judged late does not see later ones."""
    past = MemoryPast()
    past.add(signed("GlobalLink error 809", days=3))
    assert judge(past, signed("GlobalLink error 809", days=1)).similar == ()


def test_a_past_without_cases_makes_everything_new() -> None:
    assert judge(MemoryPast(), signed("GlobalLink error 809")).verdict is Verdict.NEW
