"""The question whether it is a major incident says when the rules answer it by themselves, and what is under way already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outage import directory

from .desk import Desk, opened
from .surging import SECOND, alert, held_down, reports, ticket


@contextmanager
def opening(folder: Path, **more: Any) -> Iterator[Desk]:
    with opened(folder / "data", zone="Asia/Shanghai", **more) as found:
        found.app.acts.load_directory(directory())
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opening(tmp_path) as found:
        yield found


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Desk]:
    with opening(tmp_path, rules_dir=held_down(tmp_path / "rules")) as found:
        yield found


def question(desk: Desk, address: str) -> str:
    """The newest mail that asks this person, as it is read."""
    words = ("major incident?", "是不是重大事件", "Is this a major incident")
    mine = (m for m in reversed(desk.mail.sent) if m.address == address)
    return next(m.text for m in mine if any(one in m.subject for one in words))


def plan(desk: Desk, *, hours: int, **more: Any) -> None:
    """Maintenance that is planned now, begins in five minutes and lasts so long."""
    now = desk.clock.now()
    begins, ends = now + timedelta(minutes=5), now + timedelta(hours=hours)
    times = {"starts_at": begins.isoformat(), "ends_at": ends.isoformat()}
    usual = {"title": "CRM upgrade", "services": ["crm"]}
    desk.send("maintenance_planned", "CHG-1", **usual | times | more)
    desk.settle()


def test_a_question_about_tickets_says_at_what_time_the_rules_declare(held: Desk) -> None:
    """And they do so at that time, if nobody has chosen."""
    reports(held, 1, 3)
    assert (
        "Unless somebody chooses, the rules declare it at 10:20 if enough people still wait then."
        in question(held, "ops@example.org")
    )
    assert "无人作出选择时，如果到 10:20 还有足够多的人在等，规则会自动宣布。" in question(
        held, "lin@example.org"
    )
    held.wait(20 - SECOND)
    assert ticket(held, "T-1").major is None
    held.wait(SECOND)
    assert ticket(held, "T-1").major is not None


def test_a_question_about_an_alert_says_at_what_time_the_rules_declare(desk: Desk) -> None:
    alert(desk)
    assert (
        "Unless somebody chooses, the rules declare it at 10:03 if the alert still fires then; "
        "a further alert of CRM may declare it earlier." in question(desk, "ops@example.org")
    )
    assert (
        "无人作出选择时，如果到 10:03 告警仍未恢复，规则会自动宣布；CRM 再来一条告警时可能更早。"
        in question(desk, "lin@example.org")
    )


def test_where_there_is_no_hold_down_no_time_is_told(desk: Desk) -> None:
    """Only an alert declares it by itself then."""
    reports(desk, 1, 5)
    en, zh = question(desk, "ops@example.org"), question(desk, "lin@example.org")
    assert "Unless somebody chooses, the rules" not in en
    assert "If nobody chooses, a further alert of CRM may declare it by the rules." in en
    assert "无人作出选择时" not in zh
    assert "无人作出选择，而 CRM 再来一条告警时，规则可能自动宣布。" in zh


def test_tickets_during_planned_maintenance_are_asked_about_with_it(desk: Desk) -> None:
    """They are people who cannot work, whatever was planned; and what was planned may be why."""
    plan(desk, hours=2)
    desk.wait(6)
    reports(desk, 1, 5)
    assert (
        "Planned maintenance of this service is under way (CHG-1), from 10:05 to 12:00: "
        "please check first whether that is the cause." in question(desk, "ops@example.org")
    )
    assert "该服务正在进行计划维护（CHG-1，10:05 至 12:00），请先看是不是由此引起。" in question(
        desk, "lin@example.org"
    )


@pytest.mark.parametrize(
    ("minutes", "more"),
    [(1, {}), (121, {}), (6, {"services": ["mail"]})],
    ids=["not-begun", "over", "another-service"],
)
def test_maintenance_that_is_not_under_way_is_not_mentioned(
    desk: Desk, minutes: int, more: dict[str, Any]
) -> None:
    plan(desk, hours=2, **more)
    desk.wait(minutes)
    reports(desk, 1, 5)
    assert "maintenance" not in question(desk, "ops@example.org")
    assert "计划维护" not in question(desk, "lin@example.org")


def test_of_a_service_that_is_not_registered_only_a_person_declares(tmp_path: Path) -> None:
    """The rules would declare that something failed, and not what: no time is told that nothing comes of."""
    with opening(tmp_path, rules_dir=held_down(tmp_path / "rules", service="crn")) as desk:
        reports(desk, 1, 3, service="crn")
        en, zh = question(desk, "ops@example.org"), question(desk, "lin@example.org")
        assert "Only a person can declare it." in en
        assert "只能由人来宣布。" in zh
        assert not any("the rules declare" in text or "规则会" in text for text in (en, zh))
        desk.wait(30)
        assert ticket(desk, "T-1").major is None


def test_rules_by_which_no_alert_declares_promise_none(tmp_path: Path) -> None:
    folder = held_down(tmp_path / "rules")
    file = folder / "major_incident.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("second_signal: true") == 2
    file.write_text(text.replace("second_signal: true", "second_signal: false"), encoding="utf-8")
    with opening(tmp_path, rules_dir=folder) as desk:
        alert(desk)
        asked = question(desk, "ops@example.org")
        assert "the rules declare it at 10:03 if the alert still fires then." in asked
        assert "further alert" not in asked
