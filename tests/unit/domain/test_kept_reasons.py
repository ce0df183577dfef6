"""What an earlier release kept as a plain sentence is still read."""

from __future__ import annotations

from pipeline.domain.communication import Reason, said
from pipeline.domain.passage import Passage
from pipeline.domain.prose import Claimed, Fall, Standing, Step

AT = "2026-01-05T08:00:00Z"


def test_an_old_fall_keeps_its_words() -> None:
    kept = Fall.model_validate({"step": "model", "why": "it is late"})
    assert kept.reasons == (said("it is late"),)


def test_an_old_passage_keeps_its_words_or_has_none() -> None:
    """An empty sentence stood for none."""
    assert Passage.model_validate({"at": AT, "why_not": "too late"}).why_not == said("too late")
    assert Passage.model_validate({"at": AT, "why_not": ""}).why_not is None
    assert Passage.model_validate({"at": AT}).why_not is None


def test_an_old_claim_keeps_its_words_or_has_none() -> None:
    claim = {"kind": "number", "words": "48", "standing": Standing.UNSUPPORTED}
    assert Claimed.model_validate({**claim, "reason": "no such number"}).reason == said(
        "no such number"
    )
    assert Claimed.model_validate({**claim, "reason": ""}).reason is None


def test_a_reason_is_read_as_it_was_kept() -> None:
    """With both of its parts."""
    fall = Fall(
        step=Step.MODEL,
        why=Reason(code="step_stopped", values={"rules": "claim-unsupported"}),
        then=Reason(code="step_out_of_time"),
    )
    assert Fall.model_validate_json(fall.model_dump_json()) == fall
