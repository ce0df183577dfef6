"""A short message holds what every provider carries."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form
from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import found, rules, saying


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("symbol", "【IT】{number} 已登记。"),
        ("symbol", "{number} 已登记 ✅"),
        ("symbol", "{number} 已登记 🎉"),
        ("variable-link", "{number} 已登记：{ticket_url}"),
    ],
)
def test_what_a_provider_refuses_stops_a_short_message(rule: str, text: str) -> None:
    """The same is fine on a card."""
    given = found(text, form=Form.SHORT, language="zh")
    assert {(f.rule, f.level) for f in given} == {(rule, FindingLevel.BLOCK)}
    assert rules(text, form=Form.CHAT, language="zh") == set()


def test_a_symbol_in_a_title_only_warns() -> None:
    """It may be dropped on the way; nobody can stop a message by it."""
    given = found(
        "{number} 已登记：{title}", form=Form.SHORT, language="zh", facts=saying("title", "崩溃 😡")
    )
    assert {(f.rule, f.level) for f in given} == {("symbol", FindingLevel.WARN)}
