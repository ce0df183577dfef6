"""A model's part of a message is asked about too: in doubt the fixed words leave, and nothing leaves later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.adapters.models.planned import PlannedModel
from pipeline.flow.writing.opinion import PURPOSE
from pipeline.model_ports import ChatModel, KeptCall

from .desk import START, Desk
from .sayers import Sayer
from .test_news import LI, TOM, happens, told
from .test_prose import FIXED, SAID, goes_on, outage, passage_of

NOWHERE = "http://127.0.0.1:9/v1"
FINE = '{"doubts": []}'


def doubt(words: str) -> str:
    return json.dumps({"doubts": [{"sentence": 1, "words": words, "doubt": "not_said"}]})


@contextmanager
def opinionated(
    folder: Path, writer: Sayer, second: ChatModel, opinion: str = "on"
) -> Iterator[Desk]:
    named = {"model": "one", "second_model": "two"}
    urls = {"model_url": NOWHERE, "second_model_url": NOWHERE}
    with outage(folder, writer, second=second, opinion=opinion, **named, **urls) as desk:
        if isinstance(second, Sayer):
            second.clock = desk.clock
        yield desk


def opinions(desk: Desk) -> list[KeptCall]:
    """Their rows, of those affected, in English after Chinese."""
    calls = desk.app.models.calls.calls().calls
    return [one for one in calls if one.purpose == PURPOSE and one.audience == "affected"]


def test_a_part_that_nobody_doubts_is_told(tmp_path: Path) -> None:
    """Each language was asked about once: rows of a purpose of their own, paid for by the message."""
    with opinionated(tmp_path, Sayer(), PlannedModel(FINE)) as desk:
        goes_on(desk)
        assert SAID[TOM] in told(desk, TOM)[-1].text
        assert SAID[LI] in told(desk, LI)[-1].text
        rows = opinions(desk)
        assert len(rows) == 2
        assert {one.of for one in rows} == {one.of for one in rows if one.of.startswith("com")}
        assert passage_of(desk).cost.calls == 4


@pytest.mark.parametrize("words", ["我们能告诉您的是", "What we can tell you"])
def test_a_doubt_in_one_language_leaves_both_in_fixed_words(tmp_path: Path, words: str) -> None:
    """The writer was told of it once; a text in one language alone is none."""
    with opinionated(tmp_path, Sayer(), PlannedModel(doubt(words))) as desk:
        goes_on(desk)
        for reader in (TOM, LI):
            assert SAID[reader] not in told(desk, reader)[-1].text
            assert FIXED[reader] in told(desk, reader)[-1].text
        assert passage_of(desk).falls[0].why.code == "step_not_held"


def test_a_slow_opinion_costs_no_message_its_time_or_its_words(tmp_path: Path) -> None:
    """It has half of what is left, each time: what is written after it has the other half."""
    with opinionated(tmp_path, Sayer(), Sayer(name="second", seconds=300)) as desk:
        happens(desk, "severity_changed", severity="P2", impact="degraded")
        desk.wait(1)
        mail = told(desk)[-1]
        assert SAID[TOM] in mail.text
        assert mail.at <= START + timedelta(seconds=30)
        assert {one.failed is None for one in opinions(desk)} == {False}


def test_whoever_may_read_nothing_is_asked_nothing(tmp_path: Path) -> None:
    with opinionated(tmp_path, Sayer(), second := PlannedModel(FINE)) as desk:
        desk.send("marked", models="none")
        goes_on(desk)
        assert second.asked == []
        assert opinions(desk) == []


def test_off_asks_nobody(tmp_path: Path) -> None:
    with opinionated(tmp_path, Sayer(), second := PlannedModel(FINE), "off") as desk:
        goes_on(desk)
        assert SAID[TOM] in told(desk)[-1].text
        assert second.asked == []
