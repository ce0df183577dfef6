"""Whatever a provider does, a model's words come back verbatim, or a sentence does that tells nothing of them."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, SecretStr
from structlog.testing import capture_logs

import prompts
from knowledge.errors import ModelFailed, UnfitAnswer
from pipeline.adapters.models.bounds import MOST_OCTETS
from pipeline.adapters.models.chat import AT_ONCE, LangChainModel, limit_of
from pipeline.model_ports import Answered, Turn

from ..contract.chatters import KEY, Chatter, Reply

TEXTS = prompts.read_texts(prompts.ROOT)
MATERIAL = "The secret of the ticket."
TURNS = (
    Turn(speaker="system", text="Write {this}."),
    Turn(speaker="human", text=MATERIAL),
    Turn(speaker="ai", text='{"sentences": 1}'),
    Turn(speaker="human", text="Again: {{ that }}"),
)


class Part(BaseModel):
    words: str
    cites: list[str] | None = None


class Form(BaseModel):
    """What is asked for: a form with forms in it."""

    sentences: list[Part]
    first: Part


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    opened = Chatter()
    yield opened
    opened.close()


def model(chatter: Chatter, name: str = "openai:small") -> LangChainModel:
    return LangChainModel(model=name, url=chatter.url, key=SecretStr(KEY), texts=TEXTS)


def say(chatter: Chatter, *, within: float = 20.0) -> Answered:
    return model(chatter).say(TURNS, Form, within=within)


@pytest.mark.parametrize(
    "said",
    [
        '{"sentences": [], "first": {"words": "x"}}',
        "I would rather talk.",
        '{"sentences": [',
        '{"other": "keys"}',
        "",
        " word" * 50_000,
        "写：\u202e\x00 😀",
    ],
    ids=["good", "prose", "half", "other keys", "nothing", "50,000 words", "odd characters"],
)
def test_words_come_back_as_they_were_said(chatter: Chatter, said: str) -> None:
    """Also when they do not fit the form: whoever asked reads them. Nothing is asked twice."""
    chatter.says(said)
    answered = say(chatter)
    assert answered.text == said
    assert (answered.tokens_in, answered.tokens_out, answered.kept) == (7, 5, False)
    assert answered.seconds > 0
    assert answered.model.startswith("openai:small at 127.0.0.1")
    assert len(chatter.asked) == 1


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {"prompt_tokens": -5, "completion_tokens": -5, "total_tokens": -10},
        {"prompt_tokens": 10**18, "completion_tokens": 10**9, "total_tokens": 10**18},
        {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    ],
    ids=["none", "negative", "absurd", "zero"],
)
def test_a_count_that_cannot_be_true_is_none(
    chatter: Chatter, usage: dict[str, int] | None
) -> None:
    """Budgets are paid by it: nobody may count himself free, or burst a column."""
    chatter.says(Reply(content="x", usage=usage))
    found = say(chatter)
    assert (found.tokens_in, found.tokens_out) == (None, None)


def test_turns_are_sent_as_they_are_and_the_form_whole(chatter: Chatter) -> None:
    """Inner forms stand where they are named: not every endpoint looks up a reference."""
    say(chatter)
    [asked] = chatter.asked
    roles = [(m["role"], m["content"]) for m in asked["messages"]]
    assert roles == [
        ("system", "Write {this}."),
        ("user", MATERIAL),
        ("assistant", '{"sentences": 1}'),
        ("user", "Again: {{ that }}"),
    ]
    schema = asked["response_format"]["json_schema"]["schema"]
    assert "$ref" not in json.dumps(schema)
    part = schema["properties"]["first"]
    assert part == schema["properties"]["sentences"]["items"]
    assert part["required"] == ["words", "cites"]
    assert part["additionalProperties"] is False
    assert {"type": "null"} in part["properties"]["cites"]["anyOf"]


TROUBLE = (
    (Reply(status=429, headers={"Retry-After": "17"}), "429: the quota"),
    (Reply(status=500), "500: it is tried again"),
    (Reply(status=503), "503: it is tried again"),
    (Reply(status=401), "401: the key is not accepted"),
    (Reply(cut=True), "did not answer as|not reached"),
    (Reply(hangs_up=True), "not reached"),
    (Reply(body=b'{"choices": [{"mess'), "did not answer as"),
    (Reply(body=b"<html>Bad gateway", kind="text/html"), "did not answer as"),
    (Reply(body=b"\x89PNG\x00\xff", kind="image/png"), "did not answer as"),
    (Reply(body=b"null"), "did not answer as"),
    (Reply(choices=0), "did not answer as"),
)
UNFIT = (
    (Reply(status=400), "answered 400"),
    (Reply(content=None, refusal="I will not."), "refuses"),
    (Reply(content='{"sentences": [', finish="length"), "came to no end"),
    (Reply(content="", finish="content_filter"), "filter"),
    (Reply(content="x" * 5_000_000), "more than anybody could use"),
)


@pytest.mark.parametrize(("reply", "sentence"), TROUBLE, ids=lambda value: str(value)[:30])
def test_a_provider_in_trouble_is_told_apart_from_an_answer_of_no_use(
    chatter: Chatter, reply: Reply, sentence: str
) -> None:
    """It is asked once; whoever asks goes to another one."""
    chatter.says(reply)
    with pytest.raises(ModelFailed, match=sentence) as told:
        say(chatter)
    assert not isinstance(told.value, UnfitAnswer)
    assert len(chatter.asked) == 1


@pytest.mark.parametrize(("reply", "sentence"), UNFIT, ids=lambda value: str(value)[:30])
def test_an_answer_of_no_use_says_why(chatter: Chatter, reply: Reply, sentence: str) -> None:
    """And what it took, where that was told: it was paid for."""
    chatter.says(reply)
    with pytest.raises(UnfitAnswer, match=sentence) as told:
        say(chatter)
    counted = reply.status == 200
    assert told.value.tokens_out == (5 if counted else None)


@pytest.mark.parametrize("finish", ["length", "content_filter"])
@pytest.mark.parametrize("takes", ["function", "json_object"])
def test_a_cut_answer_is_noticed_whatever_way_it_was_asked_in(
    chatter: Chatter, takes: str, finish: str
) -> None:
    """Only for schemas does the client notice by itself."""
    chatter.says(Reply(content='{"sentences": [', finish=finish, takes=(takes,)))
    with pytest.raises(UnfitAnswer, match=r"no end|filter"):
        say(chatter)


@pytest.mark.parametrize("reply", [reply for reply, _ in (*TROUBLE, *UNFIT)], ids=str)
def test_no_sentence_tells_of_texts_or_keys(chatter: Chatter, reply: Reply) -> None:
    """Though the provider quotes both: not in its words, nor in an error behind it."""
    chatter.says(reply)
    with pytest.raises(ModelFailed) as told:
        say(chatter)
    lines = traceback.TracebackException.from_exception(told.value).format()
    shown = f"{told.value!r}{''.join(lines)}{told.value.__context__!r}"
    for secret in (KEY, MATERIAL, "I will not", "Bad gateway"):
        assert secret not in shown
    assert len(str(told.value)) < 300


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("17", 17.0),
        ("0.5", 0.5),
        ("86400", 3600.0),
        ("-1", None),
        ("nan", None),
        ("Wed, 26 Nov 2026 15:00:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_how_long_a_provider_wants_to_be_left_alone_is_told(
    chatter: Chatter, asked: str, heard: float | None
) -> None:
    """In seconds, an hour at most; a date or nonsense is as good as nothing."""
    chatter.says(Reply(status=429, headers={"Retry-After": asked}))
    with pytest.raises(ModelFailed) as told:
        say(chatter)
    assert told.value.retry_after == heard


@pytest.mark.parametrize("reply", [Reply(silent=True), Reply(drip=0.05)], ids=["silent", "drip"])
def test_nobody_waits_longer_than_was_said(chatter: Chatter, reply: Reply) -> None:
    """To the fraction of a second that was left of a budget, and without a client for each."""
    talking = model(chatter)
    talking.say(TURNS, Form, within=20.0)
    chatter.says(reply)
    for within in (0.31, 0.37):
        with pytest.raises(ModelFailed, match=rf"within {within} s"):
            talking.say(TURNS, Form, within=within)
    assert chatter.ended <= 1, "only the first answer was waited for"
    assert len(talking._chats) == 2


def test_answers_that_never_end_keep_no_place(chatter: Chatter) -> None:
    """A provider that drips is let go of when its time is up: it is asked again as often as anybody comes."""
    talking = model(chatter)
    talking.say(TURNS, Form, within=20.0)
    chatter.says(Reply(drip=0.05))
    for _ in range(AT_ONCE + 2):
        with pytest.raises(ModelFailed, match=r"within 0\.2 s"):
            talking.say(TURNS, Form, within=0.2)


def test_no_more_of_an_answer_is_read_than_anybody_could_use(chatter: Chatter) -> None:
    """Its connection is closed, whatever it still has to say."""
    chatter.says(Reply(body=b" " * (MOST_OCTETS + 1)))
    with pytest.raises(UnfitAnswer, match="more than anybody could use"):
        say(chatter)


def test_any_time_has_a_limit_that_is_not_shorter() -> None:
    """But for what nobody would wait for."""
    assert [limit_of(within) for within in (0.01, 0.5, 0.51, 59.9, 60.0, 9000.0)] == [
        *(0.5, 0.5, 1.0, 60.0, 60.0, 300.0),
    ]


class Unwritable(BaseModel):
    """A form of ours that no schema can be made of."""

    @classmethod
    def model_json_schema(cls, *_: object, **__: object) -> dict[str, object]:
        raise KeyError("a part that is not there")


def test_a_fault_of_ours_is_none_of_the_models(chatter: Chatter) -> None:
    """It comes up as it is, with its traceback: no breaker opens, and nobody looks at a provider's log."""
    with pytest.raises(KeyError, match="a part that is not there"):
        model(chatter).say(TURNS, Unwritable, within=20.0)
    assert chatter.asked == []


def test_where_a_model_failed_is_logged_and_not_what_it_was_asked(chatter: Chatter) -> None:
    """The kind of the client's error and the places it came through; its own words hold the request."""
    chatter.says(Reply(status=500))
    with capture_logs() as logged, pytest.raises(ModelFailed):
        say(chatter)
    mine = [one for one in logged if one.get("model") == model(chatter).name]
    [entry] = [one for one in mine if one["event"] == "chat model failed"]
    assert entry["error"].endswith("Error")
    assert any("openai" in place for place in entry["at"])
    assert KEY not in str(logged)
    assert MATERIAL not in str(logged)
