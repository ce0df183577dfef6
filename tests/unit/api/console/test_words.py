"""Words of the interface with values in them read as one text."""

from __future__ import annotations

import pytest

from api.console.words import word


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("Questions? Call {name}:", {"name": "IT Service Desk"}, "有问题请致电 IT Service Desk："),
        ("Questions? Call {name}:", {"name": "服务台"}, "有问题请致电服务台："),
        (
            "I am {person}, and I decide this myself.",
            {"person": "Priya Nair"},
            "我是 Priya Nair，由我本人决定。",
        ),
        ("Decided by {person}.", {"person": "王晓琳"}, "由王晓琳决定。"),
        ("Decided by {person}.", {"person": "Priya Nair"}, "由 Priya Nair 决定。"),
        ("Decided by {person}.", {"person": ""}, "由决定。"),
    ],
)
def test_chinese_and_latin_stand_apart_by_one_blank(
    text: str, values: dict[str, str], said: str
) -> None:
    """As in every message; a value in Chinese joins its sentence."""
    assert word("zh", text, **values) == said


def test_a_value_that_looks_like_a_place_stays_as_it_is() -> None:
    """Names come from outside, and are not filled in a second time."""
    assert word("zh", "Decided by {person}.", person="{n}") == "由{n}决定。"
