"""What people outside may know by its level is still not told to them in words that give something else away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.findings import FindingLevel
from pipeline.domain.summary import Summary
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.test_summaries import bring, make

HOST = "crm-app-03 refuses every login"
UNFIT = [
    (HOST, "unsaid-machine"),
    ("mbx07.corp.local is full", "unsaid-machine"),
    ("报错，主机 10.20.1.7 无响应", "unsaid-machine"),
    ("Chen Li's change broke sending", "unsaid-person"),
    ("nobody can send, says Chen", "unsaid-person"),
    ("Zhao Min cannot send either", "unsaid-person"),
    ("nobody can send, probably because of an update", "unsaid-words"),
    ("发送失败，怀疑数据库", "unsaid-words"),
    ("nobody can send; password: Hunter22x", "unsaid-words"),
    ("nobody can send, see https://elsewhere.example/x", "unsaid-words"),
    ("the spool on the second disk is full", "unsaid-hidden"),
]
FIT = [
    "nobody can send",
    "error CRM-5003 at login",
    "signing in fails with HTTP 500",
    "部分用户无法发送邮件",
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A ticket with a colleague, an internal note, and a chat that only those who work on it know."""
    with opened(tmp_path) as found:
        found.report()
        found.send("assigned", assignee={"id": "chen"})
        found.send("noted", text="the spool on the second disk is full")
        bring(found, "[10:32] Zhao Min: it is the same with me\n[10:33] Chen Li: thanks\n")
        yield found


def declare(desk: Desk, symptom: str) -> None:
    data = {"severity": "P1", "headline": "Mail is down", "symptom": symptom}
    desk.accept(desk.event("reported") | {"type": "heliograph.incident.declared.v1", "data": data})


def told(summary: Summary) -> str:
    return summary.draft.text


@pytest.mark.parametrize("role", ["affected", "public"])
@pytest.mark.parametrize(("symptom", "rule"), UNFIT)
def test_words_that_give_something_away_are_left_out_and_that_is_said(
    desk: Desk, role: str, symptom: str, rule: str
) -> None:
    """A finding names the fact and the reason, without its words; the rest of the text stands."""
    declare(desk, symptom)
    made = make(desk, role)
    assert symptom not in told(made)
    assert symptom not in repr(made.facts)
    left_out = [f for f in made.draft.findings if f.check == "unsaid"]
    assert [(f.rule, f.excerpt, f.level) for f in left_out] == [
        (rule, "symptom", FindingLevel.WARN)
    ]
    assert symptom not in repr(left_out)
    assert "Phase:" in told(made)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("symptom", FIT)
def test_words_that_give_nothing_away_are_told(desk: Desk, symptom: str, language: str) -> None:
    declare(desk, symptom)
    made = make(desk, "public", language=language)
    assert symptom in told(made)
    assert made.draft.findings == ()


def test_those_who_work_on_it_read_every_word(desk: Desk) -> None:
    """Hosts and suspicions are what they read for."""
    declare(desk, HOST)
    made = make(desk, "technician")
    assert HOST in told(made)
    assert made.draft.findings == ()


def test_a_requester_reads_no_host_in_what_was_done_for_her(desk: Desk) -> None:
    """Her own words she knows: they are told as she wrote them."""
    desk.report("T-1", title="crm-app-03 is slow")
    desk.send("resolved", fix_summary="Restarted crm-app-03", user_action="Sign in again")
    made = make(desk, "requester")
    assert "Sign in again" in told(made)
    assert "Restarted" not in told(made)
    assert [f.excerpt for f in made.draft.findings] == ["fix_summary"]


def test_where_nothing_else_is_known_there_is_not_enough(desk: Desk) -> None:
    """And the reason stands beside the empty text."""
    desk.send("noted", text="mbx07.corp.local was full", visibility="requester")
    made = make(desk, "requester")
    assert made.step is None
    assert [f.rule for f in made.draft.findings] == ["unsaid-machine"]
