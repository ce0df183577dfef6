"""The machine never shows: no place is left open, and no missing value is printed."""

from __future__ import annotations

import pytest

from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import KNOWN, found, rules, saying

OPEN = (
    "{{ticket_no}}",
    "{{{{ title }}}}",
    "{{% if x %}}",
    "State: None",
    "null",
    "undefined",
    "N/A",
    "[erased]",
    "<Slot object at 0x7f",
    "\ue0020\ue003",
    "${{x}}",
)


@pytest.mark.parametrize("words", OPEN)
def test_what_nobody_filled_stops_the_text(words: str) -> None:
    """An open place, or a program's word for nothing, blocks."""
    findings = found(f"{{number}} {words}")
    assert {(f.rule, f.level) for f in findings} == {("place-not-filled", FindingLevel.BLOCK)}


@pytest.mark.parametrize("words", ["None of it was lost.", "Nullified.", "无", "{number}"])
def test_near_words_pass(words: str) -> None:
    """Words that only look like a program's are left alone."""
    language = "zh" if words == "无" else "en"
    assert rules(f"{{number}} {words}", language=language) == set()


@pytest.mark.parametrize("value", ["None", "null", "[erased]", "N/A"])
def test_a_name_that_is_no_name_stops_the_text(value: str) -> None:
    """An empty value from us blocks; the same in a statement waits, in a quotation it is hers."""
    facts = {**KNOWN, "group": KNOWN["group"].model_copy(update={"value": value})}
    assert "empty-value" in rules("{number} is with {group}.", facts=facts)
    held = found("{number}\n> {fix_summary}", facts=saying("fix_summary", value))
    assert {(f.rule, f.level) for f in held} == {("empty-value", FindingLevel.HOLD)}
    assert rules("{number}\n> {title}", facts=saying("title", value)) == set()


def test_a_mark_that_no_value_belongs_to_stops_the_text() -> None:
    """It could never be filled in."""
    findings = found("{number} \ue000ticket_url\ue001")
    assert [(f.rule, f.excerpt) for f in findings] == [("unknown-mark", "ticket_url")]
