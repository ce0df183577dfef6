"""What holds before our own far side holds before one that others wrote, from the settings to the row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from knowledge.errors import ModelFailed
from pipeline.domain.prose import Step
from pipeline.flow.models.trial import Echo
from pipeline.model_ports import Answered, Call, Outcome, Turn, outcome_of

from .. import aimock as independent
from ..aimock import Fixture, Mocked
from ..unit.flow.desk import Desk, opened

aimock = independent.aimock
GOOD = json.dumps({"word": "日志"}, ensure_ascii=False)
PRICES: dict[str, Any] = {"model_price_in": 10.0, "model_price_out": 30.0}


def fixture(said: str, **answer: object) -> Fixture:
    return {"match": {"userMessage": said}, "response": {"content": GOOD} | answer}


def failing(said: str, status: int) -> Fixture:
    error = {"message": f"no: {said}", "type": "some_error"}
    return {"match": {"userMessage": said}, "response": {"error": error, "status": status}}


FIXTURES = [
    fixture("good"),
    fixture("prose", content="I would rather talk."),
    fixture("half", content='{"word": "x'),
    fixture("empty", content=""),
    fixture("cut", content='{"word": "x', finishReason="length"),
    fixture("filtered", content="x", finishReason="content_filter"),
    failing("slow down", 429),
    failing("broken", 500),
    failing("away", 503),
    {**fixture("dropped"), "chaos": {"dropRate": 1}},
    {**fixture("garbled"), "chaos": {"malformedRate": 1}},
    {**fixture("torn"), "chaos": {"disconnectRate": 1}},
]


def ask(desk: Desk, said: str) -> Answered:
    return desk.app.models.ask(
        Call(
            step=Step.MODEL,
            purpose="summary",
            of=said,
            incident=None,
            audience="technician",
            prompt="p1",
            material=said,
            turns=(Turn(speaker="system", text="Do."), Turn(speaker="human", text=said)),
            form=Echo,
            within=20.0,
        )
    )


def test_answers_are_handed_over_counted_and_priced(tmp_path: Path, aimock: Mocked) -> None:
    """Whether they fit or not."""
    settings: dict[str, Any] = {
        "model": "gpt-4o",
        "model_url": aimock(FIXTURES),
        "model_key": SecretStr("sk-x"),
    }
    with opened(tmp_path / "desk", **settings, **PRICES) as desk:
        for said, words in (("good", GOOD), ("prose", "I would rather talk."), ("half", '{"word": "x')):  # fmt: skip
            found = ask(desk, said)
            assert found.text == words
            assert found.tokens_in is not None
            assert found.tokens_out is not None
            assert found.money == pytest.approx(
                (found.tokens_in * 10 + found.tokens_out * 30) / 1e6
            )
        assert ask(desk, "good").kept is True
        kept = [outcome_of(one) for one in desk.app.models.calls.calls().calls]
        assert kept == [Outcome.REPEATED, *[Outcome.ANSWERED] * 3]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("cut", "no end"),
        ("filtered", "filter"),
        ("slow down", "answered 429"),
        ("broken", "answered 500"),
        ("away", "answered 503"),
        ("dropped", "answered 500"),
        ("garbled", "did not answer as"),
        ("torn", "not reached|did not answer as"),
        ("of which nobody said anything", r"answered (404|503)"),
    ],
)
def test_each_of_its_faults_is_a_sentence_and_a_row(
    tmp_path: Path, aimock: Mocked, said: str, sentence: str
) -> None:
    """Which tell nothing of the words, and cost nobody more than the next step of the ladder."""
    settings: dict[str, Any] = {
        "model": "gpt-4o",
        "model_url": aimock(FIXTURES),
        "model_key": SecretStr("sk-x"),
    }
    with opened(tmp_path / "desk", **settings) as desk:
        with pytest.raises(ModelFailed, match=sentence) as told:
            ask(desk, said)
        assert said not in str(told.value)
        [kept] = desk.app.models.calls.calls().calls
        assert kept.failed == str(told.value)


def test_a_trial_says_whether_a_form_is_filled(tmp_path: Path, aimock: Mocked) -> None:
    """A model that answers in prose can be reached and is of no use."""
    talks = {"match": {"userMessage": "heliograph"}, "response": {"content": "Hello!"}}
    settings: dict[str, Any] = {"model": "gpt-4o", "model_url": aimock([talks])}
    with opened(tmp_path / "desk", **settings) as desk:
        assert "JSON" in (desk.app.model_trial.of(Step.MODEL).unfit or "")
    settings = {"model": "gpt-4o", "model_url": aimock([fixture("heliograph")])}
    with opened(tmp_path / "other", **settings) as desk:
        assert desk.app.model_trial.of(Step.MODEL).unfit is None
