"""Whatever fills forms keeps the same promises: the fake, and LangChain's client against a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import BaseModel, Field, SecretStr

import prompts
from knowledge.errors import ModelFailed, UnfitAnswer
from knowledge.generation.fake import FakeModel
from knowledge.ports import ChatModel
from pipeline.adapters.models.chat import LangChainModel

from .chatters import KEY, Chatter, Reply, filling

TEXTS = prompts.read_texts(prompts.ROOT)


class Trip(BaseModel):
    """A form."""

    city: str = Field(max_length=20)
    days: list[int] = Field(min_length=1, max_length=3)


GOOD = json.dumps({"city": "上海", "days": [1, 2]}, ensure_ascii=False)
Saying = Callable[..., ChatModel]


def real(chatter: Chatter) -> ChatModel:
    return filling(LangChainModel(model="small", url=chatter.url, key=SecretStr(KEY), texts=TEXTS))


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    opened = Chatter()
    yield opened
    opened.close()


@pytest.fixture(params=["fake", "langchain"])
def saying(request: pytest.FixtureRequest) -> Saying:
    """Makes a model that says these texts in turn, or fails where one is an error."""
    if request.param == "fake":
        return lambda *said: FakeModel(*said)
    chatter: Chatter = request.getfixturevalue("chatter")

    def model(*said: str | ModelFailed) -> ChatModel:
        chatter.says(*(Reply(status=500) if isinstance(one, ModelFailed) else one for one in said))
        return real(chatter)

    return model


def fill(model: ChatModel, within: float = 20.0) -> Trip:
    return model.fill(Trip, instructions="Plan a trip.", material="To {city}.", within=within)


def test_the_form_comes_back_filled(saying: Saying) -> None:
    """And only that: what the model says beyond the form is dropped."""
    assert fill(saying(GOOD)) == Trip(city="上海", days=[1, 2])
    assert fill(saying(json.dumps({"city": "x", "days": [1], "mood": "good"}))).city == "x"


@pytest.mark.parametrize(
    "said",
    [
        'Here you are:\n```json\n{"city": "x", "days": [1, 2]}\n```',
        '{"city": "x", "days": "[1, 2]"}',
        '{"city": "x", "days": "1\\n2"}',
    ],
    ids=["fenced", "list as a string", "lines"],
)
def test_what_is_plainly_meant_is_taken(saying: Saying, said: str) -> None:
    assert fill(saying(said)) == Trip(city="x", days=[1, 2])


def test_an_answer_that_does_not_fit_is_given_back_once(saying: Saying) -> None:
    assert fill(saying("no", GOOD)).city == "上海"
    with pytest.raises(UnfitAnswer, match="city"):
        fill(saying('{"city": 1, "days": [1]}', '{"city": 1, "days": [1]}', GOOD))


@pytest.mark.parametrize("said", ["", "word " * 50_000, "[1]", "{" * 5000, '{"city": null}'])
def test_nonsense_is_no_form(saying: Saying, said: str) -> None:
    with pytest.raises(UnfitAnswer):
        fill(saying(said))


def test_who_is_down_says_so_and_may_come_back(saying: Saying) -> None:
    model = saying(ModelFailed("down"), GOOD)
    with pytest.raises(ModelFailed) as told:
        fill(model)
    assert not isinstance(told.value, UnfitAnswer)
    assert fill(model).city == "上海"


def test_threads_share_it(saying: Saying) -> None:
    model = saying(GOOD)
    with ThreadPoolExecutor(4) as pool:
        assert {one.city for one in pool.map(lambda _: fill(model), range(8))} == {"上海"}
