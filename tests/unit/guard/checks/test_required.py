"""A text carries its ticket's number, its required slots, the way back, and the day of its times."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.communication import Form, Kind
from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import EN, ZH, found, rules

FAULTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ticket-number", "{assignee} is on it.\n{number}", {}),
    ("ticket-number", "由{assignee}处理。\n{number}", {"language": "zh"}),
    ("ticket-number", "{number} is with {assignee}.", {"form": Form.MAIL, "subject": "News"}),
    ("required-slot", "{number} is with the group.", {"required": frozenset({"assignee"})}),
    ("way-back", "{number} is fixed.", {"kind": Kind.RESOLUTION}),
    ("way-back", "{number} 已处理好。", {"kind": Kind.RESOLUTION, "language": "zh"}),
    ("time-note", "{number}: expect a result by {expected_at}.", {}),
    ("time-note", "{number}：预计 {expected_at} 前有结果。", {"language": "zh"}),
)
FINE: tuple[tuple[str, dict[str, Any]], ...] = (
    (EN, {}),
    (ZH, {"language": "zh"}),
    ("{number}: expect a result by {expected_at}.\n-- {time_note}", {}),
    ("{number}: expect a result by {expected_at}.", {"form": Form.SHORT}),
    ("{number} is fixed.\n[Not fixed]({reopen_url})", {"kind": Kind.RESOLUTION}),
    ("{number} is fixed.", {"kind": Kind.RESOLUTION, "form": Form.SHORT}),
    ("{number} is fixed.", {"kind": Kind.RESOLUTION, "role": "technician"}),
    ("{number} is with {assignee}.", {"required": frozenset({"assignee", "number"})}),
)


@pytest.mark.parametrize(("rule", "text", "given"), FAULTS)
def test_what_is_missing_is_found(rule: str, text: str, given: dict[str, Any]) -> None:
    """A text that lacks what its reader needs waits for a person."""
    assert {(f.rule, f.level) for f in found(text, **given)} == {(rule, FindingLevel.HOLD)}


@pytest.mark.parametrize(("text", "given"), FINE)
def test_a_complete_text_passes(text: str, given: dict[str, Any]) -> None:
    """Nothing is asked for that the form or the reader has no use for."""
    assert rules(text, **given) == set()
