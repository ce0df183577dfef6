"""A text fits its form, with its readers' values in place."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form
from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import found, rules

LIMITS = {"subject": 20, "text": 40}


@pytest.mark.parametrize(
    ("rule", "subject", "text"),
    [
        ("subject-too-long", "{number} " + "a" * 12, "{number}"),
        ("text-too-long", "{number}", "{number} " + "a" * 32),
        ("text-too-long", "{number}", "{number}" + "到" * 33),
        ("text-too-long", "{number}", "{number} {expected_at} {time_note} {recipient_name}"),
    ],
)
def test_what_is_too_long_stops_the_text(rule: str, subject: str, text: str) -> None:
    """A mark counts as what it usually becomes."""
    language = "zh" if "到" in text else "en"
    given = found(text, subject=subject, limits=LIMITS, form=Form.SHORT, language=language)
    assert {(f.rule, f.level) for f in given} == {(rule, FindingLevel.BLOCK)}


def test_what_just_fits_passes() -> None:
    """The limit itself is allowed."""
    fits = {"subject": "{number} " + "a" * 11, "text": "{number} " + "a" * 31}
    assert rules(fits["text"], subject=fits["subject"], limits=LIMITS, form=Form.SHORT) == set()


@pytest.mark.parametrize(
    ("words", "long"), [("a" * 131, False), ("a" * 132, True), ("到" * 66, True)]
)
def test_a_cards_first_line_that_is_cut_off_warns(words: str, long: bool) -> None:
    """The gist of a card stands in its first line; wide characters count twice."""
    language = "zh" if "到" in words else "en"
    given = found(f"{{number}} {words}\nmore", language=language)
    assert {(f.rule, f.level) for f in given} == (
        {("first-line-too-long", FindingLevel.WARN)} if long else set()
    )
