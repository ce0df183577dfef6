"""What follows from a sentence that the record does not hold, by whose words it is."""

from __future__ import annotations

import pytest

from pipeline.domain.findings import FindingLevel, Words
from pipeline.domain.prose import Sentence, Standing
from pipeline.guard.weighing import weighed

from .claims.test_briefed import index_of

TRUE, DENIED, NEW = "CRM is unavailable.", "CRM has been restored.", "The cost is 4,000 EUR."


def _weigh(text: str, words: Words, rests_on: tuple[str, ...] = ("f.impact",)):  # type: ignore[no-untyped-def]
    sentence = Sentence(section="effect", pieces=(text,), rests_on=rests_on)
    [found] = weighed([sentence], [text], index_of(), words=words, language="en")
    return found


@pytest.mark.parametrize(
    ("words", "text", "levels"),
    [
        (Words.MODEL, TRUE, set()),
        (Words.MODEL, DENIED, {FindingLevel.HOLD}),
        (Words.MODEL, NEW, {FindingLevel.HOLD}),
        (Words.PERSON, TRUE, set()),
        (Words.PERSON, DENIED, {FindingLevel.HOLD}),
        (Words.PERSON, NEW, {FindingLevel.WARN}),
        (Words.TEMPLATE, DENIED, set()),
        (Words.QUOTATION, DENIED, set()),
    ],
)
def test_a_finding_weighs_by_whose_words_it_is_about(
    words: Words, text: str, levels: set[FindingLevel]
) -> None:
    """A model's sentence without cover falls, a person's is shown to her; only what the record denies holds hers."""
    assert {finding.level for finding in _weigh(text, words).findings} == levels


def test_every_claim_of_a_sentence_has_its_evidence_beside_it() -> None:
    """Who reads a text sees for each claim which fact it was held to."""
    found = _weigh("CRM is unavailable since 12:00, INC-9602.", Words.MODEL)
    assert found.standing is Standing.SUPPORTED
    held = {claim.words: claim.evidence for claim in found.claims}
    assert "f.number" in held["INC-9602"]
    assert "f.started_at" in held["12:00"]
    assert held["unavailable"]


def test_a_quotation_stands_on_the_line_that_it_names() -> None:
    """What code quotes word for word is supported by the line; without one it claims nothing."""
    assert _weigh(DENIED, Words.QUOTATION).standing is Standing.SUPPORTED
    assert _weigh("Thank you.", Words.QUOTATION, ()).standing is Standing.NO_CLAIM
