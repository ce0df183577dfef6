"""The gravest finding decides what happens to a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.findings import Finding, FindingLevel, Verdict


def finding(level: FindingLevel) -> Finding:
    return Finding(check="links", rule="foreign", level=level, form="mail", language="en")


def test_a_text_without_findings_has_no_level() -> None:
    """Nothing was found: nothing follows."""
    assert Verdict().level is None


@given(st.lists(st.sampled_from(FindingLevel), min_size=1, max_size=6))
def test_the_verdict_is_as_grave_as_its_gravest_finding(levels: list[FindingLevel]) -> None:
    """In whatever order they were found."""
    assert Verdict(findings=tuple(map(finding, levels))).level == max(levels)


def test_a_block_outweighs_a_hold_and_a_hold_a_warning() -> None:
    """Law 7: warn, hold for a person, block."""
    assert FindingLevel.WARN < FindingLevel.HOLD < FindingLevel.BLOCK


def test_a_verdict_is_kept_as_it_was() -> None:
    """The console shows years later why a text was held."""
    verdict = Verdict(findings=(finding(FindingLevel.HOLD), finding(FindingLevel.WARN)))
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict
