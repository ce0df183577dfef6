"""What a text for one audience may claim, out of its brief."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.domain.directory import Names
from pipeline.domain.facts import Audience, Brief, Fact, FactValue, Level, Status, ValueKind
from pipeline.domain.prose import Quoted, Standing
from pipeline.drafting.catalogue import load_states
from pipeline.guard.claims import Index, Lexicon, Reader, indexed, judge, record_of
from prompts import ROOT, read_texts

NOON = datetime(2026, 8, 24, 4, 0, tzinfo=UTC)
TEXTS = read_texts(ROOT)
STATES = load_states(TEXTS)
READER = Reader(Lexicon.load(TEXTS))
K = ValueKind


def fact(
    attribute: str, kind: ValueKind, value: FactValue, minutes: int = 0, n: int | None = None
) -> Fact:
    return Fact(
        id=f"f.{attribute}" if n is None else f"f.{attribute}.{n}",
        what="inc_1",
        attribute=attribute,
        kind=kind,
        value=value,
        status=Status.CONFIRMED,
        level=Level.AFFECTED,
        at=NOON + timedelta(minutes=minutes),
        event="evt_1",
    )


FACTS = (
    fact("number", K.IDENTIFIER, "INC-9602"),
    fact("service", K.NAME, Names(zh="客户管理系统", en="CRM")),
    fact("headline", K.TEXT, Names(zh="客户管理系统打不开", en="CRM does not open")),
    fact("phase", K.STATE, "phase.identified", 20),
    fact("severity", K.STATE, "severity.P1"),
    fact("impact", K.STATE, "impact.unavailable"),
    fact("team", K.NAME, Names(zh="数据库组", en="Database team"), 5),
    fact("cause_confirmed", K.TEXT, Names(zh="磁盘写满", en="the disk was full"), 20),
    fact("started_at", K.TIME, NOON),
    fact("next_update", K.TIME, NOON + timedelta(minutes=60), 20),
    fact("reopened_times", K.NUMBER, 2),
)


def index_of(*lines: Quoted) -> Index:
    brief = Brief(
        incident="inc_1",
        number="INC-9602",
        audience=Audience(role="affected", clearance=Level.AFFECTED),
        facts=FACTS,
    )
    now = NOON + timedelta(minutes=30)
    record = record_of(brief, lines=lines, states=STATES, zone="Asia/Shanghai", now=now)
    return indexed(record, READER)


TRUE = [
    ("en", "CRM has been unavailable since 12:00."),
    ("zh", "客户管理系统从 12:00 起无法使用。"),
    ("en", "The cause has been found: the disk was full."),
    ("zh", "原因已查明：磁盘写满。"),
    ("en", "The next update comes by 13:00."),
    ("zh", "下一次通报在 13:00 前。"),
    ("en", "The Database team took it on."),
]
FALSE = [
    ("en", "CRM has been restored."),
    ("zh", "客户管理系统已恢复。"),
    ("en", "CRM has been unavailable since 11:20."),
    ("zh", "客户管理系统从 11:20 起无法使用。"),
    ("en", "The next update comes by 13:45."),
    ("en", "INC-9603 is being worked on."),
    ("zh", "约 300 名用户受到影响。"),
]


@pytest.mark.parametrize(("language", "text"), TRUE)
def test_what_the_brief_holds_is_true_in_both_languages(language: str, text: str) -> None:
    """Names, states, times in the reader's zone and words of people stand, whichever language tells them."""
    [judged] = judge(text, index_of())
    assert not judged.is_wrong, judged.claims


@pytest.mark.parametrize(("language", "text"), FALSE)
def test_what_the_brief_does_not_hold_is_named(language: str, text: str) -> None:
    """An all-clear, a shifted time, another number and a figure that nobody recorded are found."""
    assert any(judged.is_wrong for judged in judge(text, index_of()))


def test_a_line_of_a_conversation_is_evidence_by_its_id() -> None:
    """What a colleague said may be told, and the claim names the line that it rests on."""
    line = Quoted(
        id="l.3", n=3, at=NOON, speaker="Li Na", text="I restarted node crm-db-02 at 12:10."
    )
    [judged] = judge("Node crm-db-02 was restarted at 12:10.", index_of(line))
    assert judged.standing is Standing.SUPPORTED
    assert any("l.3" in claim.evidence for claim in judged.claims)


def test_a_line_without_a_time_still_counts() -> None:
    """A log that tells no times is evidence all the same."""
    line = Quoted(id="l.1", n=1, at=None, speaker="", text="错误代码 0x80040115")
    [judged] = judge("报错 0x80040115。", index_of(line))
    assert not judged.is_wrong


def test_a_brief_of_a_number_alone_is_a_record() -> None:
    """An incident of which nearly nothing is known can be judged: nothing may be claimed of it."""
    brief = Brief(
        incident="inc_1",
        number="INC-1",
        audience=Audience(role="requester", clearance=Level.AFFECTED),
        facts=(fact("number", K.IDENTIFIER, "INC-1"),),
    )
    record = record_of(brief, states=STATES, zone="UTC", now=NOON)
    index = indexed(record, READER)
    assert any(j.is_wrong for j in judge("INC-2 was fixed at 10:15.", index))
