"""Monitors' alerts open incidents, join them, and are told as what they are: one failure, not a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.communication import Reason
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import Restored
from pipeline.ports import Alarm, Search

from .monitors import Monitor, ended, monitored


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with monitored(tmp_path) as found:
        yield found


def only(monitor: Monitor) -> Incident:
    found = monitor.desk.app.queries.incidents(Search()).incidents
    assert len(found) == 1
    return found[0]


def sentence_of(monitor: Monitor, alarm: Alarm) -> str:
    """As whoever reads English is told it."""
    return monitor.desk.app.library.reason(Reason(code=alarm.code, values=alarm.values), "en")


def test_an_alert_opens_an_incident_and_its_owners_are_asked(monitor: Monitor) -> None:
    """Service and severity come from its labels; those in charge are asked at once, users hear nothing."""
    said = monitor.sends(monitor.fires("LoginErrors", service="CRM", severity="critical"))
    assert said["turns"] == {"began": 1}
    assert len(said["opened"]) == 1
    incident = only(monitor)
    assert (incident.service and incident.service.value, incident.severity) == ("crm", "P1")
    asked = monitor.desk.mails("ops@example.org")
    assert len(asked) == 1
    assert "LoginErrors on a" in asked[0].words
    assert monitor.desk.mails("tom@example.org") == []


def test_two_alerts_of_a_service_are_one_major_incident(monitor: Monitor) -> None:
    """The second signal confirms it, and those who use the service hear of it within the same minute."""
    monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
    said = monitor.sends(monitor.fires("ProbeFailed", service="crm", severity="critical"))
    assert (said["opened"], len(said["joined"])) == ([], 1)
    incident = only(monitor)
    assert incident.major is not None
    assert incident.major.is_open
    for reader in ("li", "tom", "sales", "director", "phone"):
        assert len(monitor.desk.mails(f"{reader}@example.org")) == 1, reader


def test_the_same_message_again_changes_nothing(monitor: Monitor) -> None:
    """Alertmanager retries, and repeats itself every few hours."""
    one = monitor.fires("LoginErrors", service="crm", severity="critical")
    monitor.sends(one)
    before = only(monitor)
    for _ in range(3):
        assert monitor.sends(one)["turns"] == {"repeated": 1}
    assert only(monitor) == before


def test_a_recovery_is_recorded_and_declares_nothing(monitor: Monitor) -> None:
    """The alert is over; whether the failure is, a person says."""
    one = monitor.fires("LoginErrors", service="crm", severity="critical")
    monitor.sends(one)
    two = monitor.fires("ProbeFailed", service="crm", severity="critical")
    monitor.sends(two)
    monitor.desk.at("10:20")
    said = monitor.sends(ended(one, monitor.now), ended(two, monitor.now))
    assert said["turns"] == {"cleared": 2}
    incident = only(monitor)
    assert incident.firing == ()
    assert incident.major is not None
    assert incident.major.is_open


def test_an_alert_is_over_when_none_of_its_things_fires_any_more(monitor: Monitor) -> None:
    """Of two hosts one recovers: the alert goes on."""
    a = monitor.fires("LoginErrors", "a", service="crm", severity="warning")
    b = monitor.fires("LoginErrors", "b", service="crm", severity="warning")
    monitor.sends(a, b)
    monitor.desk.at("10:05")
    monitor.sends(ended(a, monitor.now))
    assert len(only(monitor).firing) == 1
    monitor.sends(ended(b, monitor.now))
    assert only(monitor).firing == ()


def test_an_alert_after_recovery_asks_whether_it_is_back(monitor: Monitor) -> None:
    """It joins the incident that was restored; those in charge are asked once, and users hear nothing yet."""
    monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"))
    monitor.sends(monitor.fires("ProbeFailed", service="crm", severity="critical"))
    number = only(monitor).number
    restored = only(monitor).model_copy()
    monitor.desk.at("10:20")
    monitor.desk.app.acts.record(restored.id, Restored(), version=only(monitor).version)
    monitor.desk.at("10:25")
    before = len(monitor.desk.mails("tom@example.org"))
    for name in ("DbSlow", "DbDown"):
        said = monitor.sends(monitor.fires(name, service="crm", severity="critical"))
        assert said["joined"] == [number]
    asked = [m for m in monitor.desk.mails("ops@example.org") if "Is it back?" in m.subject]
    assert len(asked) == 1
    assert len(monitor.desk.mails("tom@example.org")) == before


def test_a_storm_is_one_incident_and_few_events(monitor: Monitor) -> None:
    """Four hundred alerts in eight messages: one ticket, one question, an event for each doubling."""
    for n in range(8):
        monitor.sends(
            *(
                monitor.fires("HostDown", f"h{n}-{i}", service="crm", severity="critical")
                for i in range(50)
            )
        )
    incident = only(monitor)
    events = monitor.desk.app.queries.stream(incident.id)
    assert len(events) <= 10
    assert incident.signals[0].count >= 200
    assert len(monitor.desk.mails("ops@example.org")) == 1


def test_what_nobody_mapped_opens_an_incident_and_administrators_hear(monitor: Monitor) -> None:
    """With what is known; alerts that the monitor put together stay together, and one alarm tells of all."""
    group = '{}:{cluster="edge"}'
    monitor.sends(monitor.fires("DiskFull", rack="7"), group=group)
    said = monitor.sends(monitor.fires("FanBroken", rack="7"), group=group)
    assert len(said["joined"]) == 1
    incident = only(monitor)
    assert (incident.service, incident.severity) == (None, None)
    alarms = [a for a in monitor.desk.app.queries.alarms() if a.code.startswith("alert_unmapped")]
    assert [a.code for a in alarms] == ["alert_unmapped_opened"]
    assert "rack=7" in alarms[0].values["labels"]
    assert f"{incident.number} was opened for it" in sentence_of(monitor, alarms[0])


def test_the_alarm_says_that_what_nobody_mapped_joined_an_open_incident(monitor: Monitor) -> None:
    """Nothing was opened for it: whoever reads the alarm would look for a second ticket."""
    group = '{}:{cluster="edge"}'
    monitor.sends(monitor.fires("DiskFull", rack="7"), group=group)
    number = only(monitor).number
    monitor.desk.app.acts.clear_alarm("alert_unmapped:prometheus", by="admin")
    monitor.sends(monitor.fires("FanBroken", rack="7"), group=group)
    alarm = next(a for a in monitor.desk.app.queries.alarms() if a.code.startswith("alert_unm"))
    assert f"It joined {number}, which was open already" in sentence_of(monitor, alarm)


def test_what_nobody_mapped_confirms_no_other_alert(monitor: Monitor) -> None:
    """Its monitor put it together with the CRM's; that it is the same failure, nobody said."""
    group = '{}:{cluster="edge"}'
    monitor.sends(monitor.fires("ProbeFailed", service="crm", severity="critical"), group=group)
    monitor.desk.at("10:01")
    number = only(monitor).number
    unknown = monitor.fires("DiskFull", job="node-exporter", severity="critical")
    assert monitor.sends(unknown, group=group)["joined"] == [number]
    assert only(monitor).major is None
    assert monitor.desk.mails("tom@example.org") == []
    monitor.desk.at("10:02")
    monitor.sends(monitor.fires("LoginErrors", service="crm", severity="critical"), group=group)
    major = only(monitor).major
    assert major is not None
    assert major.declared.value.basis == "second_signal"


def test_alerts_that_nobody_mapped_reach_no_public_page(monitor: Monitor) -> None:
    """Those in charge are asked; a page that names no service would alarm everybody."""
    group = '{}:{cluster="edge"}'
    for name in ("DiskFull", "FanBroken", "PowerLost"):
        monitor.sends(monitor.fires(name, rack="7", severity="critical"), group=group)
    monitor.desk.at("11:00")
    assert only(monitor).major is None
    assert any("major incident?" in m.subject for m in monitor.desk.mails("ops@example.org"))
    told = TestClient(create_app(monitor.desk.app)).get("/status.json").json()
    assert (told["status"], told["open"]) == ("working", [])


def test_a_flapping_alert_is_told_once_and_recorded(monitor: Monitor) -> None:
    """Twenty turns are one event and one message; when it is steady, what it is then counts."""
    one = {}
    for minute in range(20):
        monitor.desk.at(f"10:{minute // 2:02}")
        if minute % 2 == 0:
            one = monitor.fires("LoginErrors", service="crm", severity="critical")
            one["startsAt"] = f"2026-08-24T10:{minute // 2:02}:00+08:00"
            monitor.sends(one)
        else:
            monitor.sends(ended(one, monitor.now))
    incident = only(monitor)
    names = [e.name for e in monitor.desk.app.queries.stream(incident.id)]
    assert names.count("alert_flapping") == 1
    assert len(names) <= 8
    told = [m for m in monitor.desk.mails("ops@example.org") if "coming and going" in m.subject]
    assert len(told) == 1
    assert incident.signals[0].flapping is not None
    monitor.desk.at("10:21")
    assert only(monitor).signals[0].flapping is None
    assert only(monitor).firing == ()
