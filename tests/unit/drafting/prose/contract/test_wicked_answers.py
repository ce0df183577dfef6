"""Whatever a model says, nothing that it made up gets past: each bad answer, and what is found in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.domain.prose import Length
from pipeline.drafting.prose.contract import Code, Fit, Unfit

from .assignments import contract, crm
from .good import CRM_EN, CRM_ZH
from .test_good_answers import answer
from .wicked import BAD, Bad


def codes_of(found: Fit | Unfit) -> set[str]:
    assert isinstance(found, Unfit), "it was taken"
    return {problem.code.value for problem in found.problems}


@pytest.mark.parametrize("bad", BAD, ids=[f"{one.codes}: {one.text[:40]}" for one in BAD])
def test_it_is_found(bad: Bad) -> None:
    """One bad sentence among good ones: the problem is told of that sentence, and of no other."""
    good = CRM_ZH if bad.language == "zh" else CRM_EN
    told = [*good.sentences[:2], (bad.section, bad.text, bad.rests_on), *good.sentences[2:4]]
    found = contract().read(answer(told), crm(language=bad.language))
    assert codes_of(found) >= set(bad.codes.split())
    assert isinstance(found, Unfit)
    assert {problem.sentence for problem in found.problems} == {3}
    assert "Sentence 3: " in found.told


def one(**changed: Any) -> dict[str, Any]:
    return {"section": "found", "text": "The reports held all connections.", "rests_on": ["L5"]} | changed  # fmt: skip


RAW = {
    "nothing": ("", {"form"}),
    "words": ("The reports held all connections.", {"form"}),
    "half a JSON": ('{"enough": true, "sentences": [{"section": "found", "te', {"form"}),
    "a sentence alone": (json.dumps([one()]), {"empty"}),
    "a number": ("42", {"form"}),
    "a sentence that is a string": ('{"enough": true, "sentences": ["The reports."]}', {"form"}),
    "a text that is a number": (json.dumps({"sentences": [one(text=200)]}), {"form"}),
    "a text that is missing": ('{"sentences": [{"section": "found"}]}', {"form"}),
    "HTML": ("<html><body>502 Bad Gateway</body></html>", {"form"}),
    "an error": ('{"error": {"message": "rate limit", "code": 429}}', {"empty"}),
    "deep nesting": ("[" * 5000, {"form"}),
    "50,000 words": (json.dumps({"sentences": [one(text="word " * 50_000)]}), {"form"}),
    "no sentences": ('{"enough": true, "sentences": []}', {"empty"}),
    "too many": (json.dumps({"sentences": [one(text=f"The reports {w}.") for w in "abcdefghi"]}), {"too_many"}),
    "the same twice": (json.dumps({"sentences": [one(), one(text="the reports held all connections")]}), {"repeated"}),
    "not enough, and yet a sentence": (json.dumps({"enough": False, "sentences": [one(text="We know 3 things.")]}), {"number"}),
}  # fmt: skip


@pytest.mark.parametrize("name", RAW)
def test_an_answer_that_is_no_form_is_told_as_that(name: str) -> None:
    said, codes = RAW[name]
    assert codes_of(contract().read(said, crm())) == codes


MENDED = {
    "code fences": f"```json\n{json.dumps({'sentences': [one()]})}\n```",
    "words around it": f"Sure! {json.dumps({'sentences': [one()]})} Tell me if you need more.",
    "extra keys": json.dumps({"sentences": [one(mood="calm")], "title": "CRM", "enough": True}),
    "a list as a string": json.dumps({"sentences": json.dumps([one()])}),
    "rests_on as a string": json.dumps({"sentences": [one(rests_on="L5, {F2}")]}),
    "small slots": json.dumps({"sentences": [one(text="{ f2 } shows an error.")]}),
    "wide braces": json.dumps({"sentences": [one(text="｛F2｝ shows an error.")]}),
    "true in words": json.dumps({"sentences": [one()], "enough": "true"}),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_is_plainly_meant_is_taken(name: str) -> None:
    found = contract().read(MENDED[name], crm())
    assert isinstance(found, Fit)
    assert len(found.sentences) == 1


def test_every_code_has_an_answer_in_which_it_is_found() -> None:
    """Those of texts in two languages stand in a table of their own; what no record holds, only the guard finds."""
    met = {code for bad in BAD for code in bad.codes.split()} | {
        c for _, cs in RAW.values() for c in cs
    }
    assert {code.value for code in Code} - met == {
        *("long", "claim", "left_out"),
        *("parity_sentences", "parity_slots"),
    }
    assert len(BAD) >= 60


def test_a_short_text_has_fewer_sentences() -> None:
    said = answer(CRM_EN.sentences)
    assert "too_many" in codes_of(contract().read(said, crm(length=Length.SHORT)))


def test_names_that_only_the_caller_knows_are_names_too() -> None:
    """Such as a service's aliases."""
    said = json.dumps({"sentences": [one(text="The customer database shows an error.")]})
    assert isinstance(contract().read(said, crm()), Fit)
    found = contract().read(said, crm(), names=("Customer Database",))
    assert codes_of(found) == {"name"}


def test_words_told_of_a_problem_are_never_long() -> None:
    """They go back to the model: an answer of one long word must not come back whole."""
    found = contract().read(json.dumps({"sentences": [one(text="x9" * 2000)]}), crm())
    assert isinstance(found, Unfit)
    assert len(found.told) < 3000
