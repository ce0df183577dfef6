"""What the check says of a person's words is what sending them will say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.communication import CommunicationState
from pipeline.domain.errors import WrongState
from pipeline.domain.findings import Finding, FindingLevel
from pipeline.domain.summary import Summary
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.test_summaries import edited, make
from tests.unit.flow.test_summary_companions import readers

HELD = [
    ("en", "Mail is back to normal."),
    ("en", "The server mbx07.corp.local was restarted."),
    ("en", "The spool on the second disk is full, we know of it."),
    ("en", "Use the password: Hunter22x for now."),
    ("zh", "邮件服务已恢复正常。"),
    ("zh", "主机 10.20.1.7 已重启。"),
]
FREE = [
    ("en", "We are looking for the cause; please use the web version."),
    ("zh", "正在查找原因，请先使用网页版。"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A failure that people read of, and a note of those who work on it."""
    with opened(tmp_path) as found:
        found.app.acts.load_directory(readers())
        found.report(service="mail")
        found.send("noted", text="the spool on the second disk is full")
        data = {"severity": "P1", "headline": "Mail is down", "symptom": "nobody can send"}
        declared = {"type": "heliograph.incident.declared.v1", "data": data}
        found.accept(found.event("reported") | declared)
        found.settle()
        yield found


def holding(summary: Summary) -> list[Finding]:
    return [f for f in summary.current.verdict.findings if f.level > FindingLevel.WARN]


def sent(desk: Desk, summary: Summary) -> list[CommunicationState]:
    """How the messages stand that were made of it."""
    acts = desk.app.summarising.acts
    done = acts.send(desk.incident, acts.release(summary, by="chen", why="it is so"), by="chen")
    desk.settle()
    assert done.moved is not None
    return [c.state for c in desk.communications if done.moved.event in c.events]


@pytest.mark.parametrize(("language", "text"), HELD)
def test_what_is_held_at_sending_is_found_before(desk: Desk, language: str, text: str) -> None:
    """So that its release asks for a reason, and nobody learns it when it is too late."""
    now = edited(desk, make(desk, "affected", language=language), text)
    assert holding(now)
    with pytest.raises(WrongState):
        desk.app.summarising.acts.release(now, by="chen")
    if all(f.level is FindingLevel.HOLD for f in holding(now)):
        assert CommunicationState.HELD in sent(desk, now)


@pytest.mark.parametrize(("language", "text"), FREE)
def test_what_leaves_at_once_is_held_by_nothing(desk: Desk, language: str, text: str) -> None:
    now = edited(desk, make(desk, "affected", language=language), text)
    assert holding(now) == []
    assert CommunicationState.HELD not in sent(desk, now)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Mail is back to normal."), ("zh", "邮件服务已恢复正常。")]
)
def test_each_thing_is_said_once(desk: Desk, language: str, text: str) -> None:
    """Though several messages in two languages are made of it: in the text's own."""
    now = edited(desk, make(desk, "affected", language=language), text)
    found = [f for f in now.current.findings if f.check == "contradiction"]
    assert [f.language for f in found] == [language]


def test_what_reaches_nobody_is_not_held_to_the_ears_of_others(desk: Desk) -> None:
    """A note of those who work on it names what they like."""
    now = edited(desk, make(desk, "technician"), "The server mbx07.corp.local was restarted.")
    assert [f for f in now.current.findings if f.check != "claims"] == []
