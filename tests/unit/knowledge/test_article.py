"""What is kept of an article is checked at its birth, and known again by its content."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.article import Article, ArticleText, Standing

TEXT: dict[str, Any] = {
    "source": "files",
    "external_id": "vpn.md",
    "title": "VPN",
    "body": "Again.",
    "language": "en",
}


def test_the_same_content_has_the_same_digest_and_another_has_another() -> None:
    assert ArticleText(**TEXT).digest == ArticleText(**TEXT).digest
    assert ArticleText(**TEXT).digest != ArticleText(**TEXT | {"body": "Twice."}).digest


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 301},
        {"body": "x" * 200_001},
        {"language": "fr"},
        {"url": "javascript:alert(1)"},
        {"valid_from": date(2026, 8, 2), "valid_until": date(2026, 8, 1)},
        {"unknown": 1},
    ],
)
def test_what_is_no_article_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ArticleText(**TEXT | wrong)


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, True),
        ({"standing": Standing.RETIRED}, False),
        ({"valid_until": date(2026, 8, 23)}, False),
        ({"valid_from": date(2026, 8, 24)}, True),
    ],
)
def test_an_article_is_suggested_while_it_holds(more: dict[str, Any], holds: bool) -> None:
    assert Article(id="art_1", **TEXT | more).holds_on(date(2026, 8, 24)) is holds
