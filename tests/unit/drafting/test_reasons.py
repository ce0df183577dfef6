"""Every decision has its sentence, in both languages (law 10)."""

from __future__ import annotations

import ast
import re

import pytest

from pipeline.adapters.models import failures
from pipeline.domain.communication import Reason
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import Misconfigured
from pipeline.drafting.prose.contract.problems import Code
from pipeline.drafting.prose.opinion.form import Way
from pipeline.drafting.reasons import FILE, Reasons
from pipeline.flow.models.budgets import Limits
from prompts import ROOT, read_texts

REASONS = Reasons.load(read_texts(ROOT))
FOUND_IN = ("flow", "guard", "policy", "release", "adapters")
NO_SENTENCE = {"sample", "preview"}
"""The reasons of texts that nobody gets."""

OWN_SENTENCES = {"Problem"}
"""What is wrong with a table or a form is no reason of a decision."""

GIVING = ("_unusable", "_none", "because")
"""What takes a code as its first argument."""
PUT_TOGETHER = {
    *(f"answer_{code.value}" for code in Code),
    *(f"budget_{purse}_{name}" for purse in ("text", "incident", "day") for name in vars(Limits())),
    *(f"model_{status}" for status in failures.ADVICE),
    *(f"claim_opinion_{way.value}" for way in Way),
    *failures.CODES.values(),
    *("model_down", "model_answered", "model_failed"),
}
"""By the sort of a model's problem, purse or failure."""


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def codes_in_use() -> set[str]:
    """What the code passes as `code="…"`, and what rules give for saying nothing."""
    pipeline = ROOT.parent / "pipeline"
    sources = [
        path.read_text("utf-8") for room in FOUND_IN for path in (pipeline / room).rglob("*.py")
    ]
    calls = [
        n for source in sources for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)
    ]
    passed = {
        keyword.value.value
        for call in calls
        if _name(call) not in OWN_SENTENCES
        for keyword in call.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }
    told = {
        call.args[0].value
        for call in calls
        if _name(call) in GIVING and call.args and isinstance(call.args[0], ast.Constant)
    }
    packs = (pipeline / "policy" / "packs").glob("*.yaml")
    ruled = {code for pack in packs for code in re.findall(r"code: (\w+)", pack.read_text("utf-8"))}
    return {str(code) for code in passed | told} | ruled | PUT_TOGETHER


def test_each_code_that_is_used_has_its_sentence() -> None:
    """A code alone tells the reader of the console nothing."""
    used = codes_in_use() - NO_SENTENCE
    assert len(used) > 8
    assert used <= set(REASONS.sentences)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(REASONS.sentences))
def test_a_sentence_ends_and_takes_its_values(code: str, language: str) -> None:
    sentence = REASONS.sentences[code][language]
    assert sentence.endswith(("。", ".", "}"))
    assert bool(re.search("[\u4e00-\u9fff]", sentence)) == (language == "zh")
    values = {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", sentence)}
    told = REASONS.sentence(Reason(code=code, values=values), "zh" if language == "zh" else "en")
    assert all(value in told for value in values.values())


def test_a_rules_own_words_come_first() -> None:
    reason = Reason(code="merged", zh="规则说的", en="What the rule says")
    assert REASONS.sentence(reason, "zh") == "规则说的"
    assert REASONS.sentence(reason, "en") == "What the rule says"


def test_a_code_that_nobody_wrote_a_sentence_for_shows_itself() -> None:
    """Better a code than an empty cell; and its values with it."""
    reason = Reason(code="unheard_of", values={"why": "a\nb"})
    assert REASONS.sentence(reason, "en") == "unheard_of (why: a b)"


def test_a_value_that_is_missing_shows_as_a_question_mark() -> None:
    assert "?" in REASONS.sentence(Reason(code="no_recipient"), "en")


@pytest.mark.parametrize("code", ["released_by_person", "vetoed_by_person", "discarded_by_person"])
def test_what_a_person_left_unsaid_asks_nothing(code: str) -> None:
    """Without a reason the sentence ends before it, with no question mark."""
    reason = Reason(code=code, values={"by": "Lin Tao", "why": ""})
    for language in LANGUAGES:
        told = REASONS.sentence(reason, language)
        assert "Lin Tao" in told
        assert told.endswith(("。", "Lin Tao."))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "a list of codes"),
        ("a: {zh: 甲}", "one sentence in zh and one in en"),
        ('a: {zh: "{x}", en: "{y}"}', "zh and en name different values"),
        ("a: {", "is not YAML"),
    ],
)
def test_a_list_that_is_wrong_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        Reasons.load({FILE: text})
