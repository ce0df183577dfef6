"""A form says again what was written into it."""

from __future__ import annotations

from api.console.article_forms import audience_of, given_of, problems_of, written
from knowledge.article import Article

ARTICLE = Article.model_validate(
    {
        "id": "art_1",
        "source": "files",
        "external_id": "1",
        "title": "Reset a password",
        "body": "1. Open it.\n2. Close it.",
        "language": "zh",
        "products": ("Portal", "VPN"),
        "audience": ("everybody", "group:exchange", "site:berlin"),
        "url": "https://wiki.example.org/1",
        "valid_from": "2026-01-01",
    }
)


def test_an_article_goes_through_the_form_unchanged() -> None:
    again = written(given_of(ARTICLE))
    for name in ("title", "body", "language", "products", "audience", "url", "valid_from"):
        assert getattr(again, name) == getattr(ARTICLE, name), name
    assert problems_of(given_of(ARTICLE)) == {}


def test_labels_are_said_once() -> None:
    given = {"audience.staff": "on", "labels": "staff, group:a；group:a\nsite:b,,"}
    assert audience_of(given) == ("staff", "group:a", "site:b")


def test_several_fields_may_be_wrong_at_once() -> None:
    assert problems_of({"valid_until": "never", "url": "ftp://x", "language": "en"}) == {
        "title": "missing",
        "body": "missing",
        "url": "address",
        "valid_until": "day",
    }


def test_a_period_that_ends_before_it_begins_is_said_beside_what_else_is_wrong() -> None:
    days = {"valid_from": "2026-10-10", "valid_until": "2026-10-01"}
    given = {"title": "T", "body": "x", "language": "en", "url": "ftp://x"} | days
    assert problems_of(given) == {"url": "address", "valid_until": "order"}


def test_zero_width_is_no_text() -> None:
    assert problems_of({"title": "T", "body": "\u200b\n", "language": "en"}) == {"body": "missing"}


def test_a_label_that_is_none_is_said_at_its_field() -> None:
    given = {"title": "T", "body": "x", "language": "en", "labels": "group:a, everyone"}
    assert problems_of(given) == {"labels": "label"}
