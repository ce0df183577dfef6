"""What tools really send is taken; what cannot be taken is refused with its reason, and somebody hears of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.ports import Search

from .monitors import PAYLOADS, ZERO, Monitor, message, monitored


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitor]:
    with monitored(tmp_path_factory.mktemp("webhooks")) as found:
        yield found


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def tickets(monitor: Monitor) -> int:
    return len(monitor.desk.app.queries.incidents(Search()).incidents)


def test_what_alertmanager_grafana_and_zabbix_send_is_one_failure_of_one_service(
    monitor: Monitor,
) -> None:
    """Three tools see the same service fail: one ticket, confirmed by the second of them."""
    said = monitor.sends_raw(payload("alertmanager"))
    assert said["turns"] == {"began": 1, "unknown_end": 1}
    said = monitor.sends_raw(payload("grafana"), to="generic/grafana")["alerts"]
    assert (said["turns"], len(said["joined"])) == ({"began": 1}, 1)
    said = monitor.sends_raw(payload("zabbix"), to="generic/zabbix")["alerts"]
    assert (said["turns"], said["unmapped"]) == ({"began": 1}, 0)
    ended = payload("zabbix") | {"value": "0", "ended": "1787536850"}
    said = monitor.sends_raw(ended, to="generic/zabbix")["alerts"]
    assert said["turns"] == {"cleared": 1}
    (incident,) = monitor.desk.app.queries.incidents(Search()).incidents
    assert incident.major is not None
    assert [s.signal for s in incident.firing] == ["CrmLoginErrors", "OrderQueueStuck"]
    assert incident.signals[2].severity == "P2"


def test_what_github_deploys_is_a_change_of_the_service(monitor: Monitor) -> None:
    """Sent again it is the same change, and what failed to deploy is none; no ticket is opened."""
    before, said = tickets(monitor), payload("github_deployment")
    for _ in range(2):
        taken = monitor.sends_raw(said, to="generic/github_deployments")
        assert (len(taken["events"]), taken["passed_over"]) == (1, 0)
    failed = said | {"deployment_status": said["deployment_status"] | {"state": "failure"}}
    assert monitor.sends_raw(failed, to="generic/github_deployments")["passed_over"] == 1
    with monitor.desk.app.store.read() as tx:
        (change,) = tx.changes(10, service="crm")
    assert (change.number, change.what) == ("deployment-145988746", "crm v2.14")
    assert tickets(monitor) == before


def firing(**changed: Any) -> dict[str, Any]:
    one = {"status": "firing", "labels": {"alertname": "X"}, "startsAt": "2026-08-24T02:00:00Z"}
    return message({**one, "endsAt": ZERO, **changed})


REFUSED: dict[str, tuple[object, str]] = {
    "another version": ({**firing(), "version": "5"}, "version"),
    "no version": ({"alerts": []}, "version"),
    "no alerts": ({**firing(), "alerts": []}, "alerts"),
    "no labels": (message({"status": "firing", "startsAt": ZERO}), "alerts.0.labels"),
    "an unknown state": (firing(status="maybe"), "alerts.0.status"),
    "a time that is none": (firing(startsAt="yesterday"), "alerts.0"),
    "a list": ([1, 2], "body"),
    "a number": (7, "body"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_such_message_is_refused_by_its_field(monitor: Monitor, name: str) -> None:
    """The reason names the field; nothing is kept of it but an alarm."""
    raw, field = REFUSED[name]
    before = tickets(monitor)
    said = monitor.sends_raw(raw, status=400)
    assert said["errors"][0]["field"] == field
    assert tickets(monitor) == before
    assert "webhook_refused" in {a.code for a in monitor.desk.app.queries.alarms()}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Authorization": "Bearer hg_nobody"}, 401),
        (b"{", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[" * 40 + b"]" * 40, {}, 400),
        (b'{"version": "4", "version": "4"}', {}, 400),
        (b" " * (5 * 1024 * 1024), {}, 413),
    ],
)
def test_what_cannot_be_read_is_refused(
    monitor: Monitor, body: bytes, headers: dict[str, str], status: int
) -> None:
    """Before anything looks into it."""
    assert monitor.post(body, **headers).status_code == status


HOSTILE: dict[str, dict[str, Any]] = {
    "hostile labels": firing(
        labels={"alertname": "<b>\u202eevil\n\r\x00</b>" * 40, "service": "x" * 5000, "a\nb": "\x1b[31m"},
        annotations={"summary": "line\nbreak \u2066 <script>alert(1)</script> " * 200},
        fingerprint="f" * 900,
        generatorURL="javascript:alert(1)",
    ),
    "nothing but blanks": firing(labels={"alertname": " \n\u200b"}, annotations={"summary": "\u202e"}),
    "a start ahead of us": firing(startsAt="2031-01-01T00:00:00Z", fingerprint="ahead"),
    "a start of another age": firing(startsAt=ZERO, fingerprint="old"),
    "an end before its beginning": firing(
        status="resolved", endsAt="2020-01-01T00:00:00Z", fingerprint="ahead"
    ),
    "fields of a newer version": {**firing(fingerprint="new"), "notificationReason": {"deep": [1]}},
    "one alert twice": message(*(firing(fingerprint="twice")["alerts"] * 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_odd_is_taken_and_does_no_harm(monitor: Monitor, name: str) -> None:
    """A monitor's words are data; its clock may be wrong. The same again changes nothing."""
    monitor.sends_raw(HOSTILE[name])
    assert set(monitor.sends_raw(HOSTILE[name])["turns"]) <= {"repeated", "late"}
    for incident in monitor.desk.app.queries.incidents(Search()).incidents:
        assert incident.title.value.isprintable()
        assert len(incident.title.value) <= 300
        assert incident.updated_at <= monitor.desk.app.clock.now()


def test_a_mapping_that_fails_for_one_payload_says_where(monitor: Monitor) -> None:
    """Refused as a whole, with the field and what the payload lacks; administrators are told."""
    before = tickets(monitor)
    broken = payload("grafana")
    del broken["alerts"][0]["fingerprint"]
    said = monitor.sends_raw(broken, status=400, to="generic/grafana")
    assert said["errors"] == [
        {"field": "entries.0[0].fingerprint", "detail": "the payload has no 'fingerprint'"}
    ]
    assert tickets(monitor) == before
    told = {a.values.get("source") for a in monitor.desk.app.queries.alarms()}
    assert "prometheus (grafana)" in told


def test_a_mapping_that_is_not_there_is_refused(monitor: Monitor) -> None:
    """With the names of those that are."""
    said = monitor.sends_raw({}, status=404, to="generic/nagios")
    assert "github_deployments, grafana, zabbix" in said["detail"]
