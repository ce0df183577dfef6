"""The Chinese and the English text tell the same facts and numbers."""

from __future__ import annotations

import pytest

from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import EN, ZH, found, rendition

FAULTS = (
    ("slots-differ", "{number} is with {assignee}.", "{number} 已登记。"),
    ("slots-differ", "{number} is recorded.", "{number} 由{assignee}处理。"),
    ("numbers-differ", "{number}: all 6,214 accounts.", "{number}：全部 6,241 个账号。"),
    ("numbers-differ", "{number}: try 3 times.", "{number}：请重试。"),
)


@pytest.mark.parametrize(("rule", "en", "zh"), FAULTS)
def test_a_difference_waits_for_a_person(rule: str, en: str, zh: str) -> None:
    """Whichever of the two is examined."""
    here = found(en, sibling=rendition(zh, language="zh"))
    there = found(zh, language="zh", sibling=rendition(en))
    for findings in (here, there):
        assert {(f.rule, f.level) for f in findings} == {(rule, FindingLevel.HOLD)}


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        (EN, ZH),
        (
            "{number}: all 6,214 accounts, {reopen_days} days.",
            "{number}：{reopen_days} 天，全部 6,214 个账号。",
        ),
        ("{number} {title}", "{number} 已登记 {title}"),
    ],
)
def test_the_same_in_another_order_passes(en: str, zh: str) -> None:
    """Languages put things in their own order, and names have a word in each."""
    assert found(en, sibling=rendition(zh, language="zh")) == ()
    assert found(zh, language="zh", sibling=rendition(en)) == ()
