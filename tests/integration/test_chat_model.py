"""Whatever an endpoint does, a chat model's caller hears of it in a sentence, in time, and without the key."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from threading import enumerate as enumerate_threads

import pytest
from pydantic import BaseModel, SecretStr

import prompts
from knowledge.errors import ModelFailed, Refused, UnfitAnswer
from pipeline.adapters.models.chat import LangChainModel, parted

from ..contract.chatters import KEY, Chatter, Reply, filling

TEXTS = prompts.read_texts(prompts.ROOT)
MATERIAL = "The secret of the article."


class Form(BaseModel):
    """What is asked for."""

    title: str


GOOD = '{"title": "x"}'


@pytest.fixture
def chatter() -> Iterator[Chatter]:
    opened = Chatter()
    yield opened
    opened.close()


def model(chatter: Chatter, name: str = "openai:small", **changed: object) -> LangChainModel:
    usual: dict[str, object] = {"url": chatter.url, "key": SecretStr(KEY), "texts": TEXTS}
    return LangChainModel(model=name, **usual | changed)  # type: ignore[arg-type]


def fill(chatter: Chatter, within: float = 20.0) -> Form:
    return filling(model(chatter)).fill(Form, instructions="Do.", material=MATERIAL, within=within)


REFUSALS = (
    (Reply(status=401), "401: the key is not accepted"),
    (Reply(status=403), "403: the key may not"),
    (Reply(status=404), "404: there is no such model"),
    (Reply(status=429), "429: the quota"),
    (Reply(status=500), "500: it is tried again"),
    (Reply(cut=True), "did not answer as|not reached"),
    (Reply(body=b"<html>Bad gateway"), "did not answer as"),
    (Reply(body=b"{}"), "did not answer as"),
    (Reply(choices=0), "did not answer as"),
)
UNFIT = (
    (Reply(status=400), "answered 400"),
    (Reply(status=413), "413: the text is too long"),
    (Reply(content=None, refusal="I will not."), "refuses"),
    (Reply(content='{"title": "x', finish="length"), "came to no end"),
    (Reply(content="", finish="content_filter"), "filter"),
    (Reply(content=None), "not one JSON object"),
)


@pytest.mark.parametrize(("reply", "sentence"), REFUSALS, ids=lambda value: str(value)[:20])
def test_an_endpoint_in_trouble_may_be_asked_again(
    chatter: Chatter, reply: Reply, sentence: str
) -> None:
    """Once each: whoever asks knows when to come again."""
    chatter.says(reply)
    with pytest.raises(ModelFailed, match=sentence) as told:
        fill(chatter)
    assert not isinstance(told.value, UnfitAnswer)
    assert len(chatter.asked) == 1


@pytest.mark.parametrize(("reply", "sentence"), UNFIT, ids=lambda value: str(value)[:20])
def test_what_is_this_texts_own_fault_is_told_apart(
    chatter: Chatter, reply: Reply, sentence: str
) -> None:
    """Asking the same again would be of no use."""
    chatter.says(reply)
    with pytest.raises(UnfitAnswer, match=sentence):
        fill(chatter)


@pytest.mark.parametrize("reply", [reply for reply, _ in (*REFUSALS, *UNFIT)], ids=str)
def test_no_error_holds_the_key_or_the_text(chatter: Chatter, reply: Reply) -> None:
    """Though the endpoint quotes both: not in its words, nor in an error behind it."""
    chatter.says(reply)
    with pytest.raises(ModelFailed) as told:
        fill(chatter)
    lines = traceback.TracebackException.from_exception(told.value).format()
    shown = f"{told.value!r}{''.join(lines)}"
    assert KEY not in shown
    assert MATERIAL not in shown
    assert told.value.__cause__ is None
    assert KEY not in repr(told.value.__context__)


@pytest.mark.parametrize("reply", [Reply(silent=True), Reply(drip=0.05)], ids=["silent", "drip"])
def test_who_is_late_is_waited_for_no_longer(chatter: Chatter, reply: Reply) -> None:
    """Though a word comes every now and then: what it says has not come to its end."""
    fitting = model(chatter)
    chatter.says(GOOD)
    filling(fitting).fill(Form, instructions="Do.", material=MATERIAL, within=20.0)
    chatter.says(reply)
    with pytest.raises(ModelFailed, match=r"within 0\.4 s"):
        filling(fitting).fill(Form, instructions="Do.", material=MATERIAL, within=0.4)
    assert chatter.ended <= 1


def test_many_who_hang_do_not_pile_up(chatter: Chatter) -> None:
    """Each ends at its deadline: however many were asked, no more wait than may be."""
    hanging = model(chatter)
    chatter.says(Reply(drip=0.05))
    for _ in range(12):
        with pytest.raises(ModelFailed):
            filling(hanging).fill(Form, instructions="Do.", material=MATERIAL, within=0.3)
        assert sum(thread.name == "patience" for thread in enumerate_threads()) <= 8


@pytest.mark.parametrize(
    ("takes", "asked"),
    [
        (("json_schema",), ["json_schema"]),
        (("function",), ["json_schema", "function"]),
        (("json_object",), ["json_schema", "function", "json_object"]),
    ],
)
def test_an_endpoint_is_asked_in_the_way_that_it_knows(
    chatter: Chatter, takes: tuple[str, ...], asked: list[str]
) -> None:
    """Which is found out once."""
    chatter.says(Reply(content=GOOD, takes=takes))
    stepping = model(chatter)
    for _ in range(2):
        filling(stepping).fill(Form, instructions="Do.", material=MATERIAL, within=20.0)
    ways = [str(one.get("response_format", {}).get("type", "function")) for one in chatter.asked]
    assert ways == [*asked, asked[-1]]


def test_what_is_sent_is_what_was_meant(chatter: Chatter) -> None:
    """A strict schema of the form, an end to the answer, the key in its header, the text as it is."""
    chatter.says(GOOD)
    filling(model(chatter)).fill(
        Form, instructions="Do {this}.", material="Say {{ that }}.", within=20.0
    )
    [asked], [key] = chatter.asked, chatter.keys
    held = asked["response_format"]["json_schema"]
    assert held["strict"] is True
    assert held["schema"]["required"] == ["title"]
    assert held["schema"]["additionalProperties"] is False
    assert asked["max_completion_tokens"] > 0
    assert key == f"Bearer {KEY}"
    assert [m["content"] for m in asked["messages"]] == ["Do {this}.", "Say {{ that }}."]


def test_what_does_not_fit_is_given_back_with_the_reason(chatter: Chatter) -> None:
    chatter.says('{"name": 1}', GOOD)
    assert fill(chatter).title == "x"
    said = chatter.asked[1]["messages"]
    assert said[2]["content"] == '{"name": 1}'
    assert "title: Field required" in said[3]["content"]


def test_the_environment_has_no_say(chatter: Chatter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting has one place that it is taken from."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    chatter.says(GOOD)
    keyless = model(chatter, key=SecretStr(""))
    assert filling(keyless).fill(Form, instructions="Do.", material="x", within=20.0).title == "x"
    assert chatter.keys == ["Bearer none"]


def test_a_key_does_not_leave_this_machine_unencrypted() -> None:
    with pytest.raises(Refused, match="https://"):
        LangChainModel(
            model="m", url="http://models.example.org/v1", key=SecretStr("k"), texts=TEXTS
        )


def test_a_model_that_no_package_speaks_for_says_so() -> None:
    """And one whose package is not installed."""
    for name in ("nobody:small", "anthropic:small"):
        asked = LangChainModel(model=name, url="", key=SecretStr("k"), texts=TEXTS)
        with pytest.raises(ModelFailed, match=r"provider|package"):
            filling(asked).fill(Form, instructions="Do.", material="x", within=20.0)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("gpt", ("openai", "gpt")),
        ("openai:gpt", ("openai", "gpt")),
        ("qwen2.5:7b", ("openai", "qwen2.5:7b")),
        ("openai:qwen2.5:7b", ("openai", "qwen2.5:7b")),
        ("azure_openai:x", ("azure_openai", "x")),
    ],
)
def test_a_models_name_is_read_as_it_was_meant(told: str, meant: tuple[str, str]) -> None:
    assert parted(told) == meant


def test_its_name_says_where_it_is_and_its_picture_holds_no_key(chatter: Chatter) -> None:
    shown = model(chatter)
    assert shown.name == f"openai:small at {chatter.url[7:-3]}"
    assert KEY not in repr(vars(shown))
