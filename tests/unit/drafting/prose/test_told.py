"""The sentences of a summary as one text, and the values that they rest on beside them."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

import prompts
from pipeline.domain.directory import Language
from pipeline.domain.facts import Audience, Brief, Fact, Level, ValueKind
from pipeline.domain.prose import Prose, Ref, Sentence, Step
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.prose.assignment import Assignment
from pipeline.drafting.prose.contract import values_in
from pipeline.drafting.prose.told import values_of, whole
from tests.unit.tickets import START

STATES = load_states(prompts.read_texts(prompts.ROOT))
ZONE = "Asia/Shanghai"


def test_each_question_is_a_paragraph() -> None:
    """A reader sees where one answer ends and the next begins, in both languages."""
    pairs = [("found", "One."), ("found", "Two."), ("open", "Three.")]
    assert whole(pairs, "en") == "One. Two.\n\nThree."
    assert whole([("found", "一。"), ("found", "二。")], "zh") == "一。二。"


def recorded(attribute: str, kind: ValueKind, value: object) -> Fact:
    return Fact.model_validate(
        {"id": "f.1", "what": "T-1", "attribute": attribute, "kind": kind, "value": value}
        | {"at": START, "event": "e.1"}
    )


FACTS = (
    recorded("expected_at", ValueKind.TIME, START + timedelta(hours=1, minutes=3)),
    recorded("next_update", ValueKind.TIME, START + timedelta(days=2, minutes=8)),
    recorded("started_at", ValueKind.TIME, START - timedelta(minutes=7)),
    recorded("duration", ValueKind.DURATION, 4_500),
    recorded("state", ValueKind.STATE, "waiting.approval"),
    recorded("title", ValueKind.TEXT, "Outlook \n crashes."),
    recorded("comment", ValueKind.QUOTE, "It still  crashes!"),
    recorded("service", ValueKind.NAME, {"zh": "邮件", "en": "Mail"}),
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.attribute)
def test_evidence_has_the_words_of_its_sentence(fact: Fact, language: Language) -> None:
    """Whoever checks 11:35 in a text finds 11:35 beside it, and not the 11:38 that the record holds."""
    audience = Audience(role="technician", clearance=Level.INTERNAL)
    brief = Brief(incident="inc_1", number="T-1", audience=audience, facts=(fact,))
    assignment = Assignment(
        kind="technician", brief=brief, language=language, now=START, zone=ZoneInfo(ZONE)
    )
    prose = Prose(
        language=language,
        sentences=(Sentence(section="asked", pieces=(Ref(fact=fact.id),)),),
        step=Step.EXTRACTION,
    )
    [in_text] = values_in(prose, assignment, STATES)
    beside = values_of([fact], (), language, STATES[language], now=START, zone=ZONE)
    assert beside.of_fact(fact) == in_text[fact.id]


def test_an_announced_time_is_told_as_it_is_promised() -> None:
    """Down to five minutes, and one that has passed to the minute."""
    at, after = FACTS[0], START + timedelta(hours=1, minutes=1)
    for now, clock in ((START, "03:00"), (after, "03:03")):
        beside = values_of([at], (), "en", STATES["en"], now=now, zone="UTC")
        assert beside.of_fact(at) == clock
