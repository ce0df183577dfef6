"""Whatever says something when it is asked keeps the same promises: LangChain's client against a real socket, and
both that stand in for a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel, SecretStr

import prompts
from knowledge.errors import ModelFailed
from pipeline.adapters.models.chat import LangChainModel
from pipeline.adapters.models.planned import PlannedModel
from pipeline.adapters.models.recorded import RecordedModel
from pipeline.domain.prose import Step
from pipeline.model_ports import ChatModel, KeptCall, Turn

from .chatters import KEY, Chatter, Reply

SECRET = "The secret of the ticket."
TURNS = (Turn(speaker="system", text="Write."), Turn(speaker="human", text=SECRET))
GOOD = '{"title": "x"}'
FAILED = None
"""In the place of words: the model is away."""
Saying = Callable[..., ChatModel]


class Form(BaseModel):
    title: str


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    opened = Chatter()
    yield opened
    opened.close()


def kept(n: int, answer: str | None) -> KeptCall:
    return KeptCall(
        id=f"call_{n}",
        at=datetime(2026, 8, 24, 2, n, tzinfo=UTC),
        step=Step.MODEL,
        model="m",
        purpose="summary",
        of="sum_1",
        incident=None,
        audience="technician",
        prompt="p",
        material="x",
        tokens_in=7,
        tokens_out=5,
        money=None,
        seconds=0.1,
        asked=TURNS,
        answer=answer,
        failed="it is away" if answer is None else None,
    )


@pytest.fixture(params=["planned", "recorded", "langchain"])
def saying(request: pytest.FixtureRequest, chatter: Chatter) -> Saying:
    """A model that says each of these in turn, the last one for ever."""

    def planned(*said: str | None) -> ChatModel:
        return PlannedModel(*(ModelFailed("it is away") if one is None else one for one in said))

    def recorded(*said: str | None) -> ChatModel:
        return RecordedModel(kept(n, one) for n, one in enumerate(said))

    def langchain(*said: str | None) -> ChatModel:
        chatter.says(*(Reply(status=500) if one is None else one for one in said))
        return LangChainModel(model="small", url=chatter.url, key=SecretStr(KEY), texts=TEXTS)

    return {"planned": planned, "recorded": recorded, "langchain": langchain}[request.param]


TEXTS = prompts.read_texts(prompts.ROOT)


@pytest.mark.parametrize("said", [GOOD, "I would rather talk.", '{"title": ', " 你好 😀 "])
def test_words_come_back_verbatim_whether_they_fit_or_not(saying: Saying, said: str) -> None:
    """Whoever asked reads them; the model is named, and what it used is counted."""
    model = saying(said)
    answered = model.say(TURNS, Form, within=20.0)
    assert (answered.text, answered.model, answered.kept) == (said, model.name, False)
    assert answered.tokens_in
    assert answered.tokens_out
    assert answered.seconds > 0


def test_each_answer_comes_once_and_the_last_for_ever(saying: Saying) -> None:
    model = saying("one", "two")
    told = [model.say(TURNS, Form, within=20.0).text for _ in range(3)]
    assert told == ["one", "two", "two"]


def test_a_failure_is_a_sentence_that_tells_nothing_and_is_not_asked_again(saying: Saying) -> None:
    """And the next question is answered as if nothing had been."""
    model = saying(FAILED, GOOD)
    with pytest.raises(ModelFailed) as failed:
        model.say(TURNS, Form, within=20.0)
    assert SECRET not in str(failed.value)
    assert KEY not in str(failed.value)
    assert model.say(TURNS, Form, within=20.0).text == GOOD
