"""Notes of a call with a head have its time and its speaker."""

from __future__ import annotations

import pytest

from .logs import read_text, said

EN = "Call notes, 24 Aug 2026, 10:10\nCaller: Anna Schulz\n\nVPN drops every ten minutes.\n"
AGENT = "Call notes, 24 Aug 2026, 10:10\nCaller: Anna Schulz\nAgent: Ben Cole\n\nVPN drops.\n"
ZH = "电话记录 2026-08-24 10:10\n来电人：王芳\nVPN 每十分钟断一次。\n\n10:20 重启后恢复\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (EN, [("24 10:10:00", "Anna Schulz", "VPN drops every ten minutes.")]),
        (AGENT, [("24 10:10:00", "Ben Cole", "VPN drops.")]),
        (
            ZH,
            [
                ("24 10:10:00", "王芳", "VPN 每十分钟断一次。"),
                ("24 10:20:00", "王芳", "重启后恢复"),
            ],
        ),
    ],
    ids=["caller", "agent", "zh"],
)
def test_the_head_tells_when_and_who(text: str, told: list[tuple[str, str, str]]) -> None:
    """Whoever took the notes speaks, where she is named; a time of its own counts for more."""
    conversation = read_text(text)
    assert conversation.format == "call_notes"
    assert said(conversation) == told


def test_without_a_whole_time_it_is_no_head() -> None:
    """Two who are named by colons talk to each other."""
    conversation = read_text("Caller: Hello\nAgent: Good morning\n")
    assert [who for _, who, _ in said(conversation)] == ["Caller", "Agent"]
