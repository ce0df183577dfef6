"""An alert becomes a major incident by time, by a second one, or by a tap: once, and not against a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.errors import Refused, StaleVersion
from pipeline.domain.events import Event
from pipeline.domain.major_events import Declared, Withdrawn
from pipeline.flow.accepted import Accepted
from tests.acceptance.outage import CRM, directory, outage
from tests.acceptance.story import Desk as StoryDesk

from .desk import MINUTE, START, Desk, opened

SECOND = 1 / 60


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        found.app.acts.load_directory(directory())
        yield found


def happens(desk: Desk, kind: str, **data: Any) -> Accepted:
    """An event of a major incident, at this moment."""
    raw = desk.event(kind, **data) | {"type": f"heliograph.incident.{kind}.v1"}
    [accepted] = desk.accept(raw)
    desk.settle()
    return accepted


def alert(desk: Desk, signal: str = "errors", **more: Any) -> Accepted:
    usual = {"title": "CRM sign-in errors", "service": "crm", "severity": "P1"}
    return happens(desk, "alerted", signal=signal, **usual | more)


def declarations(desk: Desk) -> list[tuple[float, str]]:
    """The minute and the basis of each."""
    stream: list[Event] = desk.app.queries.stream(desk.incident.id)
    return [
        ((event.occurred_at - START) / MINUTE, event.data.basis)
        for event in stream
        if isinstance(event.data, Declared)
    ]


def asked(desk: Desk) -> list[str]:
    """Who was asked whether it is a major incident, in the order in which it happened."""
    kinds = ("major incident?", "重大事件")
    return [m.address for m in desk.mail.sent if any(words in m.subject for words in kinds)]


def test_a_hold_down_ends_on_its_minute_exactly_once(desk: Desk) -> None:
    """Not a second early, and never again."""
    alert(desk)
    desk.wait(3 - SECOND)
    assert declarations(desk) == []
    desk.wait(SECOND)
    desk.wait(60)
    assert declarations(desk) == [(3, "hold_down")]


def test_what_was_confirmed_says_what_the_alert_recorded_and_no_more(desk: Desk) -> None:
    alert(desk, impact="unavailable", detail="crm-app-03: 42 %")
    desk.wait(3)
    major = desk.incident.major
    assert major is not None
    assert (major.severity.value, major.started_at and major.started_at.value) == ("P1", START)
    assert (major.scope, major.symptom, major.headline) == (None, None, None)


def test_a_second_signal_confirms_at_once_and_time_does_not_do_it_again(desk: Desk) -> None:
    alert(desk)
    desk.wait(1)
    alert(desk, "probe")
    assert declarations(desk) == [(1, "second_signal")]
    desk.wait(30)
    alert(desk, "third")
    assert declarations(desk) == [(1, "second_signal")]


def called(desk: Desk) -> list[str]:
    """The words of each message by which those in charge heard that it is theirs."""
    told = ("needs you now", "请您现在处理")
    return [m.text for m in desk.mail.sent if any(words in m.subject for words in told)]


def test_what_a_second_signal_declares_is_told_to_those_in_charge_too(desk: Desk) -> None:
    """They hear that no person declared it, why, and what to do; and of a third signal nothing."""
    alert(desk)
    assert called(desk) == []
    alert(desk, "probe")
    told = called(desk)
    assert len(told) == 2
    for words in told:
        assert (
            "出现了第二个信号，按规则宣布" in words or "by the rules, at a second signal" in words
        )
        assert "请在控制台里接手" in words or "Please take it on in the console" in words
        assert "误报" in words or "false alarm" in words
    alert(desk, "third")
    assert called(desk) == told


def test_what_a_hold_down_declares_says_that_it_went_on_for_so_long(desk: Desk) -> None:
    alert(desk)
    desk.wait(3)
    told = called(desk)
    assert told
    for words in told:
        assert "持续到了规则定的时间" in words or "because it went on for so long" in words


def test_whoever_declared_it_is_not_told_of_it(desk: Desk) -> None:
    alert(desk)
    happens(desk, "declared", severity="P1", service="crm")
    assert called(desk) == []


def test_the_same_signal_again_confirms_nothing_and_starts_no_new_wait(desk: Desk) -> None:
    """A monitor that repeats itself each minute neither hurries nor delays it."""
    for _ in range(3):
        alert(desk)
        desk.wait(1)
    assert declarations(desk) == [(3, "hold_down")]


def test_an_alert_that_clears_within_its_hold_down_was_none(desk: Desk) -> None:
    alert(desk)
    desk.wait(2)
    happens(desk, "alert_cleared", signal="errors")
    desk.wait(60)
    assert declarations(desk) == []


def test_an_alert_that_fires_again_waits_anew(desk: Desk) -> None:
    """Not for the rest of a wait that had ended."""
    alert(desk)
    desk.wait(2)
    happens(desk, "alert_cleared", signal="errors")
    desk.wait(0.5)
    alert(desk)
    desk.wait(60)
    assert declarations(desk) == [(5.5, "hold_down")]


def test_one_tap_declares_it_and_ends_the_wait(desk: Desk) -> None:
    alert(desk)
    desk.wait(1)
    version = desk.incident.version
    desk.app.acts.record(desk.incident.id, Declared(severity="P2"), version=version)
    desk.wait(60)
    assert declarations(desk) == [(1, "person")]
    assert desk.incident.severity == "P2"


def test_of_two_who_tap_at_once_the_second_learns_that_it_is_done(desk: Desk) -> None:
    """Both saw the same version, in the same instant."""
    alert(desk)
    seen, tap = desk.incident, Declared(severity="P1")
    desk.app.acts.record(seen.id, tap, version=seen.version)
    with pytest.raises(Refused):
        desk.app.acts.record(seen.id, Declared(severity="P2"), version=seen.version)
    desk.wait(1)
    with pytest.raises(StaleVersion):
        desk.app.acts.record(seen.id, Withdrawn(), version=seen.version)
    assert declarations(desk) == [(0, "person")]


def test_an_alert_that_was_dismissed_is_never_asked_about_again(desk: Desk) -> None:
    """However often it fires."""
    alert(desk)
    first = asked(desk)
    desk.wait(1)
    desk.app.acts.record(desk.incident.id, Withdrawn(), version=desk.incident.version)
    for _ in range(3):
        alert(desk)
        desk.wait(10)
    assert declarations(desk) == []
    assert asked(desk) == first
    assert {m.address for m in desk.mail.sent} == set(first)


def test_another_alert_after_a_dismissal_is_a_new_question(desk: Desk) -> None:
    """A false alarm in the morning must not hide the outage of the afternoon."""
    alert(desk)
    first = asked(desk)
    desk.wait(1)
    desk.app.acts.record(desk.incident.id, Withdrawn(), version=desk.incident.version)
    desk.wait(60)
    alert(desk, "probe")
    assert len(asked(desk)) == 2 * len(first)
    desk.wait(10)
    assert [basis for _, basis in declarations(desk)] == ["hold_down"]


def test_those_in_charge_are_asked_once_with_what_the_monitor_said(desk: Desk) -> None:
    alert(desk, detail="crm-app-03: 42 %")
    alert(desk)
    assert sorted(asked(desk)) == ["lin@example.org", "ops@example.org"]
    assert all("42 %" in m.text for m in desk.mail.sent)


def test_a_slight_alert_waits_for_nothing_until_a_grave_one_joins_it(desk: Desk) -> None:
    alert(desk, severity="P3")
    desk.wait(30)
    assert (asked(desk), declarations(desk)) == ([], [])
    happens(desk, "alert_cleared", signal="errors")
    alert(desk, "probe", severity="P2")
    desk.wait(30)
    assert declarations(desk) == [(33, "hold_down")]


def test_a_ticket_that_is_closed_meanwhile_is_not_declared(desk: Desk) -> None:
    """And the wait does not come back every turn."""
    alert(desk)
    desk.wait(1)
    desk.send("closed")
    desk.wait(60)
    assert declarations(desk) == []
    with desk.app.store.read() as tx:
        assert tx.next_due("confirmations") is None


def test_two_alerts_of_one_batch_confirm_each_other(desk: Desk) -> None:
    """Whoever collects alerts and sends them together."""
    usual = {"title": "CRM", "service": "crm", "severity": "P1"}
    both = [desk.event("alerted", signal=s, **usual) for s in ("errors", "probe")]
    desk.accept(*(raw | {"type": "heliograph.incident.alerted.v1"} for raw in both))
    desk.wait(60)
    assert declarations(desk) == [(0, "second_signal")]


@pytest.mark.parametrize("service", [None, "crn"], ids=["none", "none-that-is-registered"])
def test_alerts_of_no_known_service_ask_a_person_and_declare_nothing(
    desk: Desk, service: str | None
) -> None:
    """Users would hear that something failed, and not what; a person may still declare it."""
    for signal in ("disk", "fan", "power"):
        alert(desk, signal, service=service)
    desk.wait(60)
    assert declarations(desk) == []
    assert sorted(asked(desk)) == ["lin@example.org", "ops@example.org"]
    assert {m.address for m in desk.mail.sent} == set(asked(desk))
    version = desk.incident.version
    desk.app.acts.record(desk.incident.id, Declared(severity="P1"), version=version)
    assert [basis for _, basis in declarations(desk)] == ["person"]


def test_whoever_is_asked_about_an_alert_of_no_service_hears_that_nobody_else_declares_it(
    desk: Desk,
) -> None:
    alert(desk, service=None)
    words = [m.text for m in desk.mail.sent]
    assert any("No service is on record, so only a person can declare it." in w for w in words)
    assert any("没有登记是哪项服务，所以只能由人来宣布" in w for w in words)
    assert not any("by the rules" in w or "规则会" in w for w in words)


def test_a_hold_down_goes_on_after_a_restart(tmp_path: Path) -> None:
    """The wait is a row, and not a timer in a process."""
    usual = {"title": "CRM", "service": "crm", "severity": "P1"}
    with outage(tmp_path) as before:
        before.at("10:02").send("incident.alerted", CRM, signal="errors", **usual)
    with outage(tmp_path) as again:
        again.at("10:04")
        assert majors(again) == []
        again.at("10:05")
        assert majors(again) == ["hold_down"]


def majors(story: StoryDesk) -> list[str]:
    """On what basis the CRM's outage was declared, if it was."""
    found = story.app.queries.incident(CRM)
    return [found.major.declared.value.basis] if found and found.major else []
