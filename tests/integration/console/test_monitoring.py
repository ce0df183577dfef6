"""The pages about monitors: maintenance is planned by a form, a mapping is tried, alerts are looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Person, Role
from pipeline.ports import Search
from tests.acceptance.monitors import PAYLOADS, Monitor, monitored

from .conftest import csrf

BASE = "https://it.example.org"


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitor]:
    with monitored(tmp_path_factory.mktemp("monitor")) as found:
        people = tuple(
            Person(id=role.value, name=role.value, role=role, zone="Asia/Shanghai") for role in Role
        )
        found.desk.app.acts.load_directory(Directory(people=people))
        yield found


def visitor(monitor: Monitor, role: Role = Role.ADMINISTRATOR) -> TestClient:
    app = monitor.desk.app
    client = TestClient(create_app(app), base_url=BASE, follow_redirects=False)
    assert client.post(make_link(app, role.value).removeprefix(BASE)).status_code == 303
    return client


def plan(client: TestClient, **changed: Any) -> dict[str, Any]:
    key = re.search(r'name="key" value="([^"]+)"', client.get("/maintenance").text)
    assert key
    usual = {
        "csrf": csrf(client),
        "key": key[1],
        "title": "CRM database upgrade",
        "number": "CHG-1",
        "services": ["crm"],
        "starts_at": "2026-08-24T22:00",
        "ends_at": "2026-08-24T23:30",
        "effect.zh": "期间无法登录",
        "effect.en": "CRM cannot be used meanwhile",
    }
    return usual | changed


def count(monitor: Monitor) -> int:
    return len(monitor.desk.app.queries.incidents(Search(limit=500)).incidents)


def test_a_plan_is_made_once_and_is_then_on_page_and_status_page(monitor: Monitor) -> None:
    """The second click of a double click finds the same ticket; times are those of the visitor's clock."""
    client = visitor(monitor, Role.TECHNICIAN)
    form = plan(client)
    first, second = client.post("/maintenance", data=form), client.post("/maintenance", data=form)
    assert (first.status_code, second.headers["location"]) == (303, first.headers["location"])
    assert count(monitor) == 1
    shown = client.get(first.headers["location"]).text
    assert "22:00" in shown
    assert "CRM cannot be used meanwhile" in shown
    assert "CHG-1" in client.get("/maintenance").text
    monitor.desk.at("10:01")
    public = TestClient(create_app(monitor.desk.app), base_url=BASE)
    assert "CHG-1" in public.get("/status").text
    assert "CRM cannot be used meanwhile" in public.get("/s/CHG-1").text
    assert "CRM database upgrade" not in public.get("/s/CHG-1").text


@pytest.mark.parametrize(
    ("changed", "slot"),
    [
        ({"title": " "}, "title"),
        ({"services": []}, "services"),
        ({"services": ["nobody's"]}, "services"),
        ({"ends_at": "2026-08-24T21:00"}, "maintenance until"),
        ({"starts_at": "2020-01-01T00:00", "ends_at": "2020-01-02T00:00"}, "maintenance until"),
        ({"ends_at": "soon"}, ""),
        ({"number": "CHG-1"}, "number"),
        ({"number": "../x"}, ""),
    ],
)
def test_what_cannot_be_planned_is_shown_again_with_what_is_wrong(
    monitor: Monitor, changed: dict[str, Any], slot: str
) -> None:
    """Nothing is lost that was typed, and nothing is planned."""
    client = visitor(monitor)
    form = plan(client)
    client.post("/maintenance", data=form)
    before = count(monitor)
    answer = client.post("/maintenance", data=plan(client, number="CHG-2") | changed)
    assert answer.status_code == 422, answer.text[:400]
    assert 'role="alert"' in answer.text
    assert slot in answer.text
    assert "期间无法登录" in answer.text
    assert count(monitor) == before


def test_who_may_only_look_plans_nothing_and_a_strange_form_neither(monitor: Monitor) -> None:
    """A viewer is refused, and so is a form without its token."""
    viewer = visitor(monitor, Role.VIEWER)
    assert viewer.get("/maintenance").status_code == 200
    assert viewer.post("/maintenance", data={"csrf": csrf(viewer)}).status_code == 403
    technician = visitor(monitor, Role.TECHNICIAN)
    assert technician.post("/maintenance", data={"title": "x"}).status_code in (401, 403)
    assert technician.get("/webhooks").status_code == 403


def test_a_mapping_is_tried_on_a_pasted_payload_and_nothing_is_kept(monitor: Monitor) -> None:
    """The events are shown, or the exact reason."""
    client, before = visitor(monitor), count(monitor)
    text = monitor.desk.app.monitoring.mappings.text("zabbix")
    payload = (PAYLOADS / "zabbix.json").read_text(encoding="utf-8")
    form = {"csrf": csrf(client), "mapping": text.replace("\n", "\r\n"), "payload": payload}
    assert "CRM: login time over 5 s" in client.post("/webhooks", data=form).text
    broken = json.dumps(json.loads(payload) | {"time": "yesterday"})
    answer = client.post("/webhooks", data=form | {"payload": broken})
    assert answer.status_code == 422
    assert "entries.0.started_at" in answer.text
    assert "is no time" in answer.text
    answer = client.post("/webhooks", data=form | {"mapping": "version: 1"})
    assert "entries" in answer.text
    answer = client.post("/webhooks", data=form | {"payload": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in answer.text
    assert count(monitor) == before


def test_alerts_are_shown_by_what_somebody_has_to_do(monitor: Monitor) -> None:
    """What nobody mapped stands first; hostile labels are text."""
    monitor.sends(monitor.fires("DiskFull", rack='"><img src=x onerror=alert(1)>'))
    shown = visitor(monitor).get("/alerts?lang=en").text
    assert "Of no service that is known" in shown
    assert "DiskFull on a" in shown
    assert "<img src=x" not in shown


def test_the_page_of_an_alert_of_no_service_offers_to_declare_it(monitor: Monitor) -> None:
    """Nobody but a person can, so that is where it has to be possible."""
    monitor.sends(monitor.fires("DiskFull", rack="unmapped"))
    found = monitor.desk.app.queries.incidents(Search(q="DiskFull")).incidents
    page = visitor(monitor).get(f"/incidents/{found[0].id}?lang=en")
    assert page.status_code == 200
    assert "Declare major now" in page.text
