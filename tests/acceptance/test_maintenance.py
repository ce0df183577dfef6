"""Planned maintenance is announced to those it hits, holds back false alarms, and hides none beyond its time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.incident import Incident

from .monitors import Monitor, ended, monitored
from .outage import words

CHANGE = "CHG-2214"


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with monitored(tmp_path) as found:
        yield found


def plans(monitor: Monitor, starts: str, ends: str, **more: object) -> None:
    monitor.desk.send(
        "maintenance_planned",
        CHANGE,
        title="CRM database upgrade",
        services=["crm"],
        starts_at=f"{starts}:00+08:00",
        ends_at=f"{ends}:00+08:00",
        effect=words("期间无法登录 CRM", "CRM cannot be used meanwhile"),
        **more,
    )


def incident(monitor: Monitor, number: str = CHANGE) -> Incident:
    found = monitor.desk.app.queries.incident(number)
    assert found is not None
    return found


def test_those_who_use_the_service_hear_when_and_with_what_effect(monitor: Monitor) -> None:
    """In their own language, when it is planned and again a day before, once each."""
    plans(monitor, "2026-08-25T22:00", "2026-08-25T23:30")
    tom, li = monitor.desk.mails("tom@example.org"), monitor.desk.mails("li@example.org")
    assert len(tom) == len(li) == 1
    for said in ("CRM", CHANGE, "22:00", "23:30", "CRM cannot be used meanwhile"):
        assert said in tom[0].words
    for said in ("CRM", CHANGE, "22:00", "23:30", "期间无法登录 CRM"):
        assert said in li[0].words
    assert len(monitor.desk.mails("sales@example.org")) == 1
    assert monitor.desk.mails("outsider@example.org") == []
    monitor.desk.at("22:05")
    tom = monitor.desk.mails("tom@example.org")
    assert [m.subject.startswith("Reminder") for m in tom] == [False, True]


def test_a_change_and_a_cancellation_are_told_to_those_who_heard(monitor: Monitor) -> None:
    """With the new time; and after the cancellation nothing keeps an alert back."""
    plans(monitor, "2026-08-24T11:00", "2026-08-24T12:00")
    monitor.desk.send(
        "maintenance_changed",
        CHANGE,
        starts_at="2026-08-24T13:00:00+08:00",
        ends_at="2026-08-24T14:00:00+08:00",
    )
    changed = monitor.desk.mails("tom@example.org")[-1]
    assert "Plan changed" in changed.subject
    assert "13:00" in changed.text
    monitor.desk.send(
        "maintenance_cancelled", CHANGE, reason=words("备件未到", "parts are missing")
    )
    taken_back = monitor.desk.mails("tom@example.org")[-1]
    assert "Cancelled" in taken_back.subject
    assert "parts are missing" in taken_back.text
    monitor.desk.at("13:10")
    said = monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
    assert (said["held"], len(said["opened"])) == ({}, 1)


def test_a_stretch_of_one_day_names_the_day_once(monitor: Monitor) -> None:
    """In both languages, with the clock time of its end right after it; alone, the end has its day."""
    plans(monitor, "2026-08-25T22:00", "2026-08-25T23:30")
    tom, li = monitor.desk.mails("tom@example.org")[0], monitor.desk.mails("li@example.org")[0]
    assert "from Tue 25 Aug, 22:00 to 23:30." in tom.text
    assert "after Tue 25 Aug, 23:30" in tom.text
    assert "8 月 25 日（周二）22:00 至 23:30。" in li.text
    assert "8 月 25 日（周二）23:30 之后" in li.text


def test_a_stretch_over_midnight_names_both_days(monitor: Monitor) -> None:
    plans(monitor, "2026-08-25T22:00", "2026-08-26T01:30")
    told = monitor.desk.mails("tom@example.org")[0].text
    assert "from Tue 25 Aug, 22:00 to Wed 26 Aug, 01:30." in told


def test_a_plan_that_was_moved_names_the_old_time(monitor: Monitor) -> None:
    """Whoever has noted the old one sees that it is meant; a change of words alone names none."""
    plans(monitor, "2026-08-25T22:00", "2026-08-25T23:30")
    moved = {"starts_at": "2026-08-26T22:00:00+08:00", "ends_at": "2026-08-26T23:30:00+08:00"}
    monitor.desk.send("maintenance_changed", CHANGE, **moved)
    tom, li = monitor.desk.mails("tom@example.org")[-1], monitor.desk.mails("li@example.org")[-1]
    assert "Before, it was planned from Tue 25 Aug, 22:00 to 23:30." in tom.text
    assert "原定时间为 8 月 25 日（周二）22:00 至 23:30。" in li.text
    monitor.desk.send("maintenance_changed", CHANGE, effect=words("很慢", "it is slow"))
    assert "Before, it was planned" not in monitor.desk.mails("tom@example.org")[-1].text


def test_an_alert_during_maintenance_is_recorded_and_asks_nobody(monitor: Monitor) -> None:
    """It stands on the maintenance's own ticket; one that is over by its end never comes up."""
    plans(monitor, "2026-08-24T11:00", "2026-08-24T12:00")
    monitor.desk.at("11:10")
    one = monitor.fires("LoginErrors", service="crm", severity="critical")
    assert monitor.sends(one)["held"] == {CHANGE: 1}
    held = incident(monitor).maintenance
    assert held is not None
    assert [h.value.signal for h in held.held] == ["LoginErrors"]
    assert monitor.desk.mails("ops@example.org") == []
    monitor.desk.at("11:30")
    monitor.sends(ended(one, monitor.now))
    monitor.desk.at("12:30")
    assert monitor.desk.mails("ops@example.org") == []
    after = incident(monitor)
    assert after.maintenance is not None
    assert after.maintenance.standing == "ended"
    assert after.state.value.value == "closed"


def test_an_alert_that_still_fires_at_the_end_comes_up_then(monitor: Monitor) -> None:
    """A window hides nothing for good: those in charge are asked as soon as it is over."""
    plans(monitor, "2026-08-24T11:00", "2026-08-24T12:00")
    monitor.desk.at("11:10")
    monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
    monitor.desk.at("11:59")
    assert monitor.desk.mails("ops@example.org") == []
    monitor.desk.at("12:01")
    asked = monitor.desk.mails("ops@example.org")
    assert len(asked) == 1
    assert "LoginErrors" in asked[0].words
    after = incident(monitor).maintenance
    assert after is not None
    assert after.ended is not None
    assert (after.ended.value.held, after.ended.value.still_firing) == (1, 1)


def test_maintenance_that_lasts_longer_keeps_back_for_longer(monitor: Monitor) -> None:
    """Moved while it is under way, the alert goes on waiting; broken off, it comes up at once."""
    plans(monitor, "2026-08-24T11:00", "2026-08-24T12:00")
    monitor.desk.at("11:10")
    monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
    monitor.desk.at("11:50").send(
        "maintenance_changed", CHANGE, ends_at="2026-08-24T13:00:00+08:00"
    )
    monitor.desk.at("12:30")
    assert monitor.desk.mails("ops@example.org") == []
    monitor.desk.send("maintenance_cancelled", CHANGE)
    assert len(monitor.desk.mails("ops@example.org")) == 1


def test_a_declared_failure_goes_on_through_maintenance(monitor: Monitor) -> None:
    """What people know of already is not hidden by a plan: its alerts join it."""
    monitor.desk.send("incident.declared", "INC-1", severity="P1", service="crm")
    plans(monitor, "2026-08-24T10:00", "2026-08-24T12:00")
    monitor.desk.at("10:30")
    said = monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
    assert (said["joined"], said["held"]) == (["INC-1"], {})


def test_a_change_that_the_repair_needs_is_told_with_number_time_and_effect(
    monitor: Monitor,
) -> None:
    """To those affected, leaders and the front line, in both languages."""
    monitor.desk.send("incident.declared", "INC-1", severity="P1", service="crm")
    monitor.desk.send(
        "incident.change_announced",
        "INC-1",
        change=CHANGE,
        starts_at="2026-08-24T12:30:00+08:00",
        ends_at="2026-08-24T12:40:00+08:00",
        effect=words("CRM 期间完全不可用", "CRM cannot be used at all meanwhile"),
    )
    for reader, effect in (
        *(("tom", "cannot be used at all"), ("li", "完全不可用")),
        *(("director", "完全不可用"), ("line", "cannot be used at all")),
    ):
        told = monitor.desk.mails(f"{reader}@example.org")[-1]
        for said in (CHANGE, "12:30", "12:40", effect):
            assert said in told.words, (reader, told.words)
