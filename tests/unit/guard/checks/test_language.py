"""A text is in its reader's language; what people said stays in theirs."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language
from tests.unit.guard.builders import rules, saying


@pytest.mark.parametrize(
    ("language", "text", "broken"),
    [
        ("en", "{number} is recorded. 已登记。", True),
        ("zh", "{number} is recorded.", True),
        ("en", "{number}: {title}", False),
        ("zh", "{number} 已登记 (CRM)。{title}", False),
    ],
)
def test_our_words_are_in_one_language(language: Language, text: str, broken: bool) -> None:
    """A quotation does not count, in either direction."""
    facts = saying("title", "邮件客户端一打开就闪退")
    assert (rules(text, language=language, facts=facts) == {"other-language"}) == broken
