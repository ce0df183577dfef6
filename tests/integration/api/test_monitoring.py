"""The API of monitors: maintenance is planned, moved and taken back; mappings are tried; alerts are listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.flow.desk import opened

from .conftest import Api

PAYLOADS = Path(__file__).parents[2] / "payloads"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    from pipeline.domain.directory import Directory, Names, Service

    with opened(tmp_path_factory.mktemp("api")) as desk:
        service = Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("exchange",))
        desk.app.acts.load_directory(Directory(services=(service,)))
        yield Api(desk)


PLAN: dict[str, Any] = {
    "title": "CRM upgrade",
    "services": ["crm"],
    "starts_at": "2026-08-29T22:00:00+08:00",
    "ends_at": "2026-08-29T23:30:00+08:00",
    "effect": {"zh": "期间无法登录", "en": "it cannot be used"},
    "key": "k1",
    "number": "CHG-1",
}


def post(api: Api, path: str, body: object) -> Any:
    """As a token that may plan."""
    token = api.token("read", "act", sources=("maintenance", "desk"))
    return api.post(f"/api/v1/maintenance{path}", body, token=token)


def test_maintenance_is_planned_moved_and_cancelled(api: Api) -> None:
    """Planned twice with one key it is one; each step answers with how it stands."""
    first = post(api, "", PLAN)
    assert (first.status_code, first.json()["standing"]) == (201, "planned")
    assert post(api, "", PLAN).status_code == 201
    assert [m["number"] for m in api.get("/api/v1/maintenance").json()] == ["CHG-1"]
    moved = post(api, "/CHG-1/change", {"ends_at": "2026-08-30T00:30:00+08:00"})
    assert moved.json()["ends_at"] == "2026-08-29T16:30:00Z"
    gone = post(api, "/CHG-1/cancel", {"reason": "no parts"})
    assert gone.json()["standing"] == "cancelled"
    assert api.get("/api/v1/maintenance").json() == []
    again = post(api, "/CHG-1/cancel", {})
    assert (again.status_code, "cancelled already" in again.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"services": []}, "services"),
        ({"services": ["x"]}, "services"),
        ({"ends_at": "2026-08-29T21:00:00+08:00"}, "body"),
        ({"starts_at": "2020-01-01T00:00:00Z", "ends_at": "2020-01-02T00:00:00Z"}, "ends_at"),
        ({"starts_at": "tomorrow"}, "starts_at"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_its_field(
    api: Api, changed: dict[str, Any], field: str
) -> None:
    """In a sentence."""
    answer = post(api, "", PLAN | {"key": "k2", "number": "CHG-9"} | changed)
    assert answer.status_code == 400
    assert field in {e["field"] for e in answer.json()["errors"]}


def test_what_is_no_maintenance_is_neither_moved_nor_cancelled(api: Api) -> None:
    """A ticket is no plan."""
    api.desk.send("reported", number="T-7", title="x", requester={"id": "wang"})
    answer = post(api, "/T-7/cancel", {})
    assert answer.status_code == 400
    assert post(api, "/T-99/cancel", {}).status_code == 404


def test_scopes_and_sources_bound_what_a_token_may(api: Api) -> None:
    """Another source's token plans nothing; only an administrator tries mappings."""
    other = api.token("act", sources=("desk",))
    assert api.post("/api/v1/maintenance", PLAN, token=other).status_code == 403
    reader = api.token("read")
    assert api.post("/api/v1/webhooks/try", {"mapping": "", "payload": 1}, token=reader).status_code == 403  # fmt: skip
    both = api.token("events:write", sources=("a", "b"))
    answer = api.post("/api/v1/webhooks/alertmanager", {}, token=both)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "source")
    answer = api.post("/api/v1/webhooks/alertmanager?source=c", {}, token=both)
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["maintenance", "Main%E2%80%8Btenance"])
@pytest.mark.parametrize("kind", ["alertmanager", "generic/zabbix"])
def test_a_monitor_may_not_bear_a_name_of_ours(api: Api, kind: str, name: str) -> None:
    """Its alerts would stand among the plans that were made here."""
    every = api.token("events:write", sources=("*",))
    answer = api.post(f"/api/v1/webhooks/{kind}?source={name}", {}, token=every)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {
            "field": "source",
            "detail": "maintenance is what Heliograph itself plans; give this source another name",
        }
    ]


def test_a_mapping_makes_nothing_that_heliograph_alone_records(api: Api) -> None:
    """It is refused when it is written, not when its first payload comes."""
    surged = EVENTS.replace("ticket.reported", "incident.tickets_surged")
    answer = api.post("/api/v1/webhooks/try", {"mapping": surged, "payload": {}})
    assert answer.status_code == 400
    assert (
        "heliograph.incident.tickets_surged.v1 is what Heliograph itself records"
        in answer.json()["detail"]
    )


EVENTS = """
version: 1
entries:
  - when: payload.action == "opened"
    event:
      type: heliograph.ticket.reported.v1
      id: '"form-" + payload.id'
      number: payload.id
      time?: payload.at
      data:
        title: payload.subject
        description?: payload.body
        requester: {id: payload.user, name?: payload.name}
"""


def test_a_mapping_makes_events_of_ours_too(api: Api) -> None:
    """Tried out it keeps nothing; each field is held to the event's own rules."""
    said = {
        "action": "opened",
        "id": "F-1",
        "subject": "no sound",
        "user": "wang",
        "at": 1787536790,
    }
    found = api.post("/api/v1/webhooks/try", {"mapping": EVENTS, "payload": said}).json()
    assert found["events"] == [
        {
            "id": "form-F-1",
            "type": "heliograph.ticket.reported.v1",
            "subject": "F-1",
            "time": "2026-08-24T01:59:50+00:00",
            "data": {"title": "no sound", "requester": {"id": "wang"}},
        }
    ]
    other = api.post("/api/v1/webhooks/try", {"mapping": EVENTS, "payload": {"action": "closed"}})
    assert (other.json()["events"], other.json()["passed_over"]) == ([], 1)
    wrong = said | {"subject": "x" * 400}
    answer = api.post("/api/v1/webhooks/try", {"mapping": EVENTS, "payload": wrong})
    assert answer.json()["errors"][0]["field"] == "entries.0.data.title"
    assert api.get("/api/v1/incidents/F-1").status_code == 404


def test_mappings_and_alerts_are_listed(api: Api) -> None:
    """With what is wrong with each, and how many there are of each."""
    assert api.get("/api/v1/webhooks/mappings").json() == {
        "github_deployments": "",
        "grafana": "",
        "zabbix": "",
    }
    assert api.get("/api/v1/alerts?which=held").json()["counts"]["held"] == 0
    assert api.get("/api/v1/alerts?which=all").status_code == 400
