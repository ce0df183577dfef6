"""What is wrong is known in whatever words, and in either language."""

from __future__ import annotations

import pytest

from knowledge.tokens.normal import normal
from pipeline.recurrence.troubles import troubles

TOLD = [
    ("!hanging", "The booking hangs for a minute", "订单页面卡住"),
    ("!unreachable", "No connection since noon", "从中午起连不上"),
    ("!refused", "The reader declines every badge", "刷卡全部被拒"),
    ("!thrown_out", "Agents are kicked out of the queue", "坐席被踢下线"),
    ("!blank", "The form stays white", "表单一直白屏"),
    ("!full", "No seat is free, all taken", "没有空闲席位"),
    ("!slow", "Saving is sluggish today", "今天保存很慢"),
    ("!stale", "The board shows old figures", "看板上是旧数"),
    ("!.upload", "I cannot hand in my thesis", "论文提交不上去"),
    ("!.back_up", "There is no restore point", "昨晚没有还原点"),
]


@pytest.mark.parametrize(("kind", "english", "chinese"), TOLD)
def test_a_trouble_is_one_in_both_languages(kind: str, english: str, chinese: str) -> None:
    """The same kind, whichever language tells of it."""
    assert kind in troubles(normal(english)) & troubles(normal(chinese))


@pytest.mark.parametrize("text", ["", "Hello", "您好", "0", "x" * 100_000])
def test_nothing_is_found_in_nothing(text: str) -> None:
    """A text without trouble has none."""
    assert troubles(normal(text)) == frozenset()
