"""What can be read: tickets with their communications and messages, documentation, health."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline.ports import Alarm
from tests.unit.flow.desk import START, opened

from .conftest import Api, report


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with opened(tmp_path_factory.mktemp("told")) as desk:
        api = Api(desk)
        api.send(report())
        desk.wait(1)
        desk.send("resolved", fix_summary="Restarted the service on 10.20.30.40")
        desk.settle()
        yield api


def test_a_communication_tells_why_in_both_languages_and_what_was_found(told: Api) -> None:
    listed = told.get("/api/v1/incidents/T-1/communications").json()
    assert [(c["kind"], c["state"]) for c in listed] == [
        ("resolution", "held"),
        ("acknowledgement", "released"),
    ]
    detail = told.get(f"/api/v1/communications/{listed[0]['id']}").json()
    assert detail["reason"]["zh"]
    assert detail["reason"]["en"]
    assert {f["check"] for d in detail["drafts"] for f in d["verdict"]["findings"]} >= {"addresses"}


def test_a_message_is_shown_as_it_went_with_its_attempts(told: Api) -> None:
    delivered = next(
        m for m in told.get("/api/v1/incidents/T-1/messages").json() if m["state"] == "delivered"
    )
    detail = told.get(f"/api/v1/messages/{delivered['id']}").json()
    assert detail["subject"] == "We have it: Mail client crashes (T-1)"
    assert [a["outcome"] for a in detail["attempts"]] == ["delivered"]


def test_what_waits_is_listed_and_released_with_a_reason(told: Api) -> None:
    [held] = told.get("/api/v1/waiting").json()["communications"]
    path = f"/api/v1/communications/{held['id']}/release"
    assert told.post(path, {"reason": ""}).status_code == 409
    assert told.post(path, {"reason": "she knows this address"}).status_code == 200
    assert told.get("/api/v1/waiting").json()["communications"] == []
    releases = told.get(f"/api/v1/communications/{held['id']}").json()["releases"]
    assert "token:test" in [release["by"] for release in releases]


@pytest.mark.parametrize("path", ["incidents/T-404", "communications/x", "messages/x", "schemas/x"])
def test_what_is_not_there_is_a_problem_of_its_own(told: Api, path: str) -> None:
    answer = told.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["type"].startswith("/problems/unknown")


@pytest.mark.parametrize("query", ["limit=0", "limit=x", f"q={'x' * 201}"])
def test_a_query_out_of_bounds_names_its_parameter(told: Api, query: str) -> None:
    answer = told.get(f"/api/v1/incidents?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, query.partition("=")[0])


NUMBERS = ["IT/2026/7", "a?b#c", "50% off", "工单 1"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_ticket_is_found_by_its_number_whatever_signs_it_holds(told: Api, number: str) -> None:
    assert told.send(report(number)).status_code == 202
    path = f"/api/v1/incidents/{quote(number, safe='')}"
    assert told.get(path).json()["number"] == number
    assert [e["version"] for e in told.get(f"{path}/events").json()] == [1]


def test_pages_of_the_list_follow_each_other_without_gap_or_repeat(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        api = Api(desk)
        for n in range(7):
            desk.report(f"P-{n}")
        seen: list[str] = []
        after = None
        while True:
            found = api.get(f"/api/v1/incidents?limit=3{f'&after={after}' if after else ''}").json()
            seen += [i["number"] for i in found["incidents"]]
            after = found["after"]
            if after is None:
                break
        assert sorted(seen) == [f"P-{n}" for n in range(7)]


def test_the_openapi_document_describes_every_path_in_words(told: Api) -> None:
    document = told.client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.")
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation["summary"], (method, path)
            assert operation.get("description"), (method, path)
    references = {part.split('"')[0] for part in json.dumps(document).split('"$ref": "')[1:]}
    for reference in references:
        assert reference.split("/")[-1] in document["components"]["schemas"], reference


def test_the_documentation_page_needs_no_other_host(told: Api) -> None:
    answer = told.client.get("/docs")
    assert answer.status_code == 200
    assert "heliograph.ticket.handed_over.v1" in answer.text
    assert "<script" not in answer.text
    assert 'src="http' not in answer.text


def test_health_is_alive_and_readiness_tells_of_workers_that_rest(told: Api) -> None:
    assert told.client.get("/healthz").json() == {"status": "alive"}
    answer = told.client.get("/readyz")
    assert (answer.status_code, answer.json()["detail"]) == (503, "a worker is not running")


@pytest.mark.parametrize("path", ["/healthz", "/docs", "/api/v1/schemas"])
def test_a_probe_that_asks_with_head_is_answered_as_with_get(told: Api, path: str) -> None:
    asked = told.client.head(path)
    assert asked.status_code == 200
    assert asked.headers["content-type"] == told.client.get(path).headers["content-type"]


def test_the_settings_in_force_are_told_without_their_secrets(tmp_path: Path) -> None:
    with opened(tmp_path, webhook_secret="w" * 40, desk_name="Service Desk") as desk:
        answer = Api(desk).get("/api/v1/settings")
        assert answer.json()["desk_name"] == "Service Desk"
        assert answer.json()["webhook_secret"] == "set"
        assert "w" * 40 not in answer.text


def test_every_answer_carries_the_headers_that_keep_a_browser_safe(told: Api) -> None:
    for path in ("/docs", "/api/v1/incidents", "/t/x", "/nothing"):
        headers = told.client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_a_browser_gets_a_page_and_a_program_gets_json(told: Api) -> None:
    page = told.client.get("/nothing", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert told.client.get("/nothing").headers["content-type"] == "application/problem+json"


def test_an_alarm_tells_what_was_promised_in_words(fresh: Api) -> None:
    """The command line shows the sentence; its values stay codes for programs."""
    values = {
        "number": "T-1",
        "what": "first_contact_by",
        "promised_at": "2026-08-24T03:10:00+00:00",
    }
    alarm = Alarm(key="promise:1", code="promise_broken", values=values, raised_at=START)
    with fresh.desk.app.store.write() as tx:
        tx.raise_alarm(alarm)
    [shown] = [a for a in fresh.get("/api/v1/waiting").json()["alarms"] if a["key"] == "promise:1"]
    assert "First contact by" in shown["reason"]["en"]
    assert "first_contact_by" not in shown["reason"]["en"] + shown["reason"]["zh"]
    assert shown["reason"]["values"]["what"] == "first_contact_by"
