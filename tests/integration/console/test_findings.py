"""What becomes of a finding whose rule no catalogue knows, or which counts?"""

from __future__ import annotations

import prompts
from api.console.findings import told
from api.console.words import word
from pipeline.domain.directory import Language
from pipeline.domain.findings import Finding, FindingLevel
from pipeline.guard.phrases import Phrases

PHRASES = Phrases.load(prompts.read_texts(prompts.ROOT))


def finding(rule: str, language: Language = "zh", **more: object) -> Finding:
    return Finding.model_validate(
        {"check": "lengths", "rule": rule, "level": FindingLevel.WARN, "form": "mail"}
        | {"language": language}
        | more
    )


def test_an_unknown_rule_keeps_its_english_detail() -> None:
    """It may be of an older check, or of a list of phrases that was replaced."""
    old = [finding("older", detail="as it was said then"), finding("bare")]
    assert [t.sentence for t in told(old, "zh", PHRASES)] == ["as it was said then", "bare"]


def test_what_was_counted_is_shown_beside_what_is_allowed() -> None:
    [found] = told([finding("text-too-long", length=1300, limit=1000)], "zh", PHRASES)
    assert (found.sentence, found.figures) == ("正文太长", "1300 / 1000")


def test_the_weightiest_comes_first_and_both_languages_are_one_row() -> None:
    found = told(
        [
            finding("vague-time"),
            finding("hidden-value", "en", level=FindingLevel.BLOCK),
            finding("vague-time", "en"),
        ],
        "zh",
        PHRASES,
    )
    assert [(t.finding.rule, t.languages) for t in found] == [
        ("hidden-value", ("en",)),
        ("vague-time", ("zh", "en")),
    ]


def test_a_slot_is_called_by_its_name() -> None:
    [found] = told([finding("empty-value", excerpt="fix_summary")], "zh", PHRASES)
    assert found.words == "做了什么"


def test_a_code_that_no_catalogue_knows_is_shown_bare() -> None:
    assert word("zh", "channel:pager") == "pager"
