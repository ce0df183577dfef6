"""A reader tells the record in other words: by other clocks, in other forms of words, of the same things."""

from __future__ import annotations

from typing import Any

import pytest

from .builders import against, at, event, fact

RECORD: dict[str, Any] = {
    "number": "INC-5120",
    "service": "订单系统",
    "service_aliases": ["Order System"],
    "title": "订单提交缓慢",
    "severity": "P2",
    "state": "in_progress",
    "phase": "mitigating",
    "opened_at": at("09:00"),
    "major": False,
    "facts": [
        fact("F1", "订单系统", "affected_users", 640, "E2", unit="users"),
        fact("F2", "订单系统", "alarm_threshold", 20, "E2", unit="%"),
        fact("F3", "订单系统", "action_due", "11:30", "E5"),
    ],
    "events": [
        event("E1", "09:00", "reported", "requester", "订单提交很慢，报表不受影响。"),
        event("E2", "09:10", "noted", "monitor", "失败率 45%，告警阈值 20%，约 640 人受影响。"),
        event("E3", "09:20", "cause_suspected", "technician", "怀疑缓存节点内存不足。"),
        event("E4", "09:30", "noted", "technician", "缓存节点内存正常，排除内存不足。"),
        event("E5", "10:00", "action_logged", "technician", "将 ord-3 的连接池从 200 调到 400。"),
    ],
}


@pytest.mark.parametrize(
    "sentence",
    [
        "失败率一度为45%。",
        "约640人受影响。",
        "把ord-3的连接池调到400。",
        "The pool on ord-3 was enlarged to 400 at 10:00.",
        "The first report came in at 09:00 China time, 02:00 in London.",
        "曾怀疑内存不足，后来排除。",
        "这项处理预计在 11:30 之前完成。",
        "To everyone: orders are slow.",
        "同一天的报表不受影响。",
    ],
)
def test_what_is_told_in_other_words_is_let_pass(sentence: str) -> None:
    """True paraphrases stop nothing."""
    assert not any(one.is_wrong for one in against(RECORD, sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "失败率一度为54%。",
        "约460人受影响。",
        "The first report came in at 09:00 China time, 03:40 in London.",
        "打卡不受影响。",
        "系统恢复正常。",
        "报表受影响。",
    ],
)
def test_the_same_words_with_another_value_are_found(sentence: str) -> None:
    """A number against a Chinese character, another clock, another thing: each is held to the record."""
    assert any(one.is_wrong for one in against(RECORD, sentence))
