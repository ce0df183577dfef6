"""Values enter a sentence by code, in the reader's language and zone, and as one harmless line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.directory import Bilingual, Language
from pipeline.domain.errors import Unusable
from pipeline.domain.facts import Audience, Brief, Fact, Level, ValueKind
from pipeline.domain.prose import Prose, Ref, Sentence, Step
from pipeline.drafting.prose.assignment import Assignment
from pipeline.drafting.prose.told import filled, whole
from tests.unit.tickets import START

STATES: dict[Language, dict[str, str]] = {
    "en": {"waiting.approval": "waiting for approval"},
    "zh": {"waiting.approval": "等待批准"},
}


def fact(kind: ValueKind, value: Any) -> Fact:
    return Fact(
        id="f.1",
        what="inc_1",
        attribute="x",
        kind=kind,
        value=value,
        level=Level.INTERNAL,
        at=START,
        event="evt_1",
    )


def said(known: Fact, language: Language = "en", name: str = "f.1") -> str:
    audience = Audience(role="technician", clearance=Level.INTERNAL)
    assignment = Assignment(
        kind="technician",
        brief=Brief(incident="inc_1", number="INC-1", audience=audience, facts=(known,)),
        language=language,
        now=START,
        zone=ZoneInfo("Asia/Shanghai"),
    )
    sentence = Sentence(section="found", pieces=("<", Ref(fact=name), ">"))
    prose = Prose(language=language, sentences=(sentence,), step=Step.MODEL)
    return filled(prose, assignment, STATES)[0]


@pytest.mark.parametrize(
    ("kind", "value", "language", "words"),
    [
        (ValueKind.TIME, START + timedelta(hours=1), "en", "<11:00>"),
        (ValueKind.DURATION, 4500, "zh", "<1 小时 15 分>"),
        (ValueKind.STATE, "waiting.approval", "zh", "<等待批准>"),
        (ValueKind.NAME, Bilingual(zh="邮件组", en="Exchange"), "zh", "<邮件组>"),
        (ValueKind.NUMBER, 3, "en", "<3>"),
        (ValueKind.QUOTE, "a\u202e line\nand \x1banother", "en", "<a line and another>"),
    ],
)
def test_a_value_is_written_as_its_kind_says(
    kind: ValueKind, value: Any, language: Language, words: str
) -> None:
    assert said(fact(kind, value), language) == words


def test_a_place_without_its_fact_is_no_text() -> None:
    with pytest.raises(Unusable, match=r"f\.2"):
        said(fact(ValueKind.NUMBER, 3), name="f.2")


def test_each_question_is_a_paragraph() -> None:
    pairs = [("found", "One."), ("found", "Two."), ("open", "Three.")]
    assert whole(pairs, "en") == "One. Two.\n\nThree."
    assert whole([("found", "一。"), ("found", "二。")], "zh") == "一。二。"
