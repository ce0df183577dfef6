"""Who did something is told in the reader's language, also where it was a program."""

from __future__ import annotations

import pytest

from api.console.rendering import PAGES


@pytest.mark.parametrize(
    ("language", "who", "said"),
    [
        ("en", "token:command line", "the command line"),
        ("zh", "token:command line", "命令行"),
        ("en", "token:ci", "token “ci”"),
        ("zh", "token:ci", "令牌“ci”"),
        ("zh", "somebody.left", "somebody.left"),
    ],
)
def test_no_history_shows_the_code_of_a_token(language: str, who: str, said: str) -> None:
    parts = PAGES.get_template("parts.html").make_module({"language": language})
    assert parts.named(who, {}).strip() == said  # type: ignore[attr-defined]
