"""A second opinion over a real socket: an answer counts when it fits, and whatever else comes back counts as none."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

import prompts
from pipeline.adapters.models.chat import LangChainModel
from pipeline.domain.prose import Prose, Ref, Sentence, Step
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.prose.opinion import OpinionPrompt
from pipeline.drafting.redaction import Rules
from pipeline.flow.writing.model_writer import Commission
from pipeline.flow.writing.opinion import LEAST, SecondOpinion
from tests.unit.flow.model_stories import ticket

from .chatters import KEY, Chatter, Reply, Unchecked

TEXTS = prompts.read_texts(prompts.ROOT)
PIECES = ("All colleagues told us that ", Ref(fact="f.title"), ".")
TEXT = Prose(
    language="en",
    sentences=(Sentence(section="asked", pieces=PIECES, rests_on=("f.title",)),),
    step=Step.MODEL,
)
DOUBT = json.dumps({"doubts": [{"sentence": 1, "words": "All colleagues", "doubt": "wider"}]})


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    opened = Chatter()
    yield opened
    opened.close()


def opinion(chatter: Chatter, seconds: float = 20.0) -> SecondOpinion:
    model = LangChainModel(model="small", url=chatter.url, key=SecretStr(KEY), texts=TEXTS)
    commission = Commission(
        of="sum_1", incident=None, audience="technician", patience=lambda: seconds
    )
    return SecondOpinion(
        *(Step.MODEL, Unchecked(model), OpinionPrompt(TEXTS), load_states(TEXTS)),
        rules=Rules(),
        commission=commission,
    )


def test_a_doubt_arrives(chatter: Chatter) -> None:
    chatter.says(DOUBT)
    asking = opinion(chatter)
    [remark] = asking(ticket(), TEXT)
    assert remark.finding is not None
    assert (remark.sentence, remark.finding.excerpt) == (0, "All colleagues")
    assert (asking.cost.calls, asking.cost.tokens_in) == (1, 7)
    told = json.dumps(chatter.asked[0])
    assert "All colleagues told us that the mail client crashes." in told
    assert "contradicted" in json.dumps(chatter.asked[0].get("response_format", ""))


@pytest.mark.parametrize("takes", ["json_schema", "function", "json_object"])
def test_an_endpoint_may_hold_a_model_to_a_form_in_its_own_way(
    chatter: Chatter, takes: str
) -> None:
    chatter.says(Reply(content=DOUBT, takes=(takes,)))
    assert len(opinion(chatter)(ticket(), TEXT)) == 1


BAD = {
    "fine": Reply(content='{"doubts": []}'),
    "half a JSON": Reply(content=DOUBT[:-5]),
    "an empty answer": Reply(content=""),
    "no answer": Reply(content=None),
    "a refusal": Reply(content=None, refusal="I will not."),
    "no choice": Reply(choices=0),
    "cut by length": Reply(content=DOUBT[:20], finish="length"),
    "an error": Reply(status=500),
    "too many": Reply(status=429, headers={"Retry-After": "1"}),
    "a web page": Reply(body=b"<html>", kind="text/html"),
    "torn": Reply(content=DOUBT, cut=True),
    "hung up": Reply(hangs_up=True),
    "without end": Reply(content=DOUBT + " " * 200_000),
}


@pytest.mark.parametrize("reply", BAD.values(), ids=BAD)
def test_anything_else_says_nothing(chatter: Chatter, reply: Reply) -> None:
    """And costs the text nothing but that call."""
    chatter.says(reply)
    asking = opinion(chatter)
    assert asking(ticket(), TEXT) == ()
    assert asking.cost.calls == 1


def test_a_far_side_that_says_nothing_is_left_in_time(chatter: Chatter) -> None:
    chatter.says(Reply(silent=True))
    assert opinion(chatter, seconds=2 * LEAST)(ticket(), TEXT) == ()


def test_without_time_nobody_is_asked(chatter: Chatter) -> None:
    asking = opinion(chatter, seconds=LEAST)
    assert asking(ticket(), TEXT) == ()
    assert (chatter.asked, asking.cost.calls) == ([], 0)
