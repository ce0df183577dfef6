"""A post-incident report in a browser and by API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.callers import ANY_SOURCE
from api.auth.secret_values import TOKEN_PREFIX, hashed, new_secret
from pipeline.access import Token
from pipeline.domain.directory import Role
from tests.acceptance.outage import CRM, crm_outage
from tests.acceptance.story import Desk

from .majors import Seat, desk_with, somebody

PATH = f"/incidents/{CRM}/report"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    people = [
        somebody(),
        somebody("worker", Role.TECHNICIAN),
        somebody("reader", Role.VIEWER),
        somebody("leser", Role.TECHNICIAN, language="zh"),
    ]
    with desk_with(Path(tmp_path_factory.mktemp("reports")), *people) as found:
        crm_outage(found)
        found.at("12:40").send("incident.restored", CRM, restored_at="2026-08-24T12:35:00+08:00")
        yield found


def test_a_report_is_drafted_with_one_press_and_each_section_can_be_written(desk: Desk) -> None:
    seat = Seat(desk, "worker")
    assert "Draft the report" in seat.get(PATH).text
    assert seat.post(f"{PATH}/draft").status_code == 303
    page = seat.get(PATH)
    assert "Timeline" in page.text
    form = {"edition": "engineers", "section": "went_well", "text_language": "en"}
    words = "The first contact left <b>in time</b>."
    assert seat.post(f"{PATH}/write", **form, revision="0", text=words).status_code == 303
    again = seat.get(f"{PATH}?edition=engineers&text=en").text
    assert "The first contact left &lt;b&gt;in time" in again
    assert "<b>in time" not in again


def test_who_was_slower_is_told_and_loses_no_word(desk: Desk) -> None:
    seat = Seat(desk, "worker")
    seat.post(f"{PATH}/draft")
    form = {"edition": "engineers", "section": "luck", "text_language": "en"}
    assert seat.post(f"{PATH}/write", **form, revision="0", text="First.").status_code == 303
    late = seat.post(f"{PATH}/write", **form, revision="0", text="My own words.")
    assert late.status_code == 409
    assert "My own words." in late.text
    history = seat.get(f"{PATH}/engineers/luck?text=en")
    assert "First." in history.text


def test_only_those_who_work_on_tickets_read_reports_and_only_managers_tell_them(
    desk: Desk,
) -> None:
    assert Seat(desk, "reader").get(PATH).status_code == 403
    worker = Seat(desk, "worker")
    worker.post(f"{PATH}/draft")
    assert "Publish the findings" not in worker.get(PATH).text
    assert worker.post(f"{PATH}/publish", edition="outside").status_code == 403
    assert "Publish the findings" in Seat(desk, "manager").get(PATH).text


def test_a_missing_owner_or_day_brings_the_form_back(desk: Desk) -> None:
    seat = Seat(desk, "worker")
    seat.post(f"{PATH}/draft")
    for wrong in ({"owner": "nobody", "due": "2026-09-01"}, {"owner": "lin", "due": "soon"}):
        answer = seat.post(f"{PATH}/add-action", action="Add an alert", **wrong)
        assert answer.status_code == 422
        assert "Add an alert" in answer.text
    good = seat.post(f"{PATH}/add-action", action="Add an alert", owner="lin", due="2026-09-01")
    assert good.status_code == 303
    assert "Add an alert" in seat.get("/reports").text


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_files_are_named_after_the_ticket(desk: Desk, ending: str) -> None:
    seat = Seat(desk, "leser")
    seat.post(f"{PATH}/draft")
    answer = seat.get(f"{PATH}/file.{ending}?edition=executives&text=zh")
    assert answer.status_code == 200
    assert f"report-INC-9602-executives-zh.{ending}" in answer.headers["Content-Disposition"]


def token(desk: Desk, *scopes: str) -> dict[str, str]:
    secret = new_secret(TOKEN_PREFIX)
    desk.app.access.add_token(
        Token(
            id=desk.app.ids.new("tok"),
            name="desk",
            secret_hash=hashed(secret),
            scopes=frozenset(scopes),
            sources=frozenset({ANY_SOURCE}),
            created_at=desk.app.clock.now(),
        )
    )
    return {"Authorization": f"Bearer {secret}"}


def test_the_same_by_api(desk: Desk) -> None:
    """With the sources of every row; a token that may only read learns nothing of it."""
    client = TestClient(create_app(desk.app), base_url="https://it.example.org")
    own = token(desk, "act", "read")
    address = f"/api/v1/incidents/{CRM}/report"
    drafted = client.post(address, headers=own, json={})
    assert drafted.status_code == 200
    read = client.get(address, headers=own, params={"edition": "outside", "language": "zh"}).json()
    timeline = next(s for s in read["sections"] if s["section"] == "timeline")
    assert all(timeline["table"]["sources"])
    body = {"edition": "outside", "language": "zh", "revision": 0, "text": "改按负载调整。"}
    written = client.put(f"{address}/sections/lessons", headers=own, json=body)
    assert written.status_code == 200
    assert client.put(f"{address}/sections/lessons", headers=own, json=body).status_code == 409
    assert client.get(address, headers=token(desk, "read")).status_code == 403
