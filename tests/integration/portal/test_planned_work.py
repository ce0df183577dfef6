"""A service under planned maintenance is shown as that, while it lasts, everywhere where its state is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.directory import Directory
from tests.acceptance.outage import outage
from tests.acceptance.story import Desk

from .conftest import BASE

CHANGE = "CHG-2214"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Nobody knows of a failure, and the CRM is to be worked on from 11:00 to 12:00."""
    with outage(tmp_path) as found:
        crm = found.app.queries.services(["crm"])["crm"].model_copy(update={"listed": True})
        found.app.acts.load_directory(Directory(services=(crm,)))
        found.send(
            "maintenance_planned",
            CHANGE,
            title="CRM database upgrade",
            services=["crm"],
            starts_at="2026-08-24T11:00:00+08:00",
            ends_at="2026-08-24T12:00:00+08:00",
        )
        yield found


def visit(desk: Desk) -> TestClient:
    return TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)


def row(desk: Desk) -> tuple[str, Any]:
    """How everything stands, and what is said of the CRM."""
    said = visit(desk).get("/status.json").json()
    return said["status"], next(s for s in said["services"] if s["id"] == "crm")


def test_it_is_under_maintenance_from_its_beginning_to_its_end(desk: Desk) -> None:
    """Before and after it works; what counts as failed or observed does not know of the plan."""
    assert row(desk)[1]["status"] == "working"
    overall, crm = row(desk.at("11:00"))
    assert (overall, crm["status"]) == ("maintenance", "maintenance")
    assert (crm["uptime_per_cent"], crm["failed_seconds"]) == ("100.00", 0)
    assert row(desk.at("11:59"))[1]["status"] == "maintenance"
    assert row(desk.at("12:00"))[1]["status"] == "working"


def test_the_page_says_so_in_words(desk: Desk) -> None:
    client = visit(desk.at("11:10"))
    page = client.get("/status", params={"lang": "en"}).text
    assert "under planned maintenance" in page
    assert "Planned maintenance is under way" in page
    assert "Under planned maintenance until 12:00" in page
    assert "计划维护中，至 12:00" in client.get("/status", params={"lang": "zh"}).text


def test_the_banner_shows_the_maintenance_while_it_lasts(desk: Desk) -> None:
    """Frame and JSON: with its end, and the zone beside it instead of brackets in brackets."""
    assert visit(desk).get("/banner.json").json()["maintenance"] == []
    client = visit(desk.at("11:10"))
    [work] = client.get("/banner.json").json()["maintenance"]
    assert (work["number"], work["until"]) == (CHANGE, "2026-08-24T04:00:00.000000Z")
    assert work["url"] == f"{BASE}/s/{CHANGE}"
    framed = client.get("/banner", params={"lang": "en"}).text
    assert "Under planned maintenance until 12:00 · Beijing (UTC+8)" in framed
    assert "Maintenance of CRM" in framed


def test_a_failure_that_is_open_counts_more(desk: Desk) -> None:
    """A plan hides nothing that people were told of."""
    desk.at("10:50").send(
        "incident.declared", "INC-1", severity="P1", impact="unavailable", service="crm"
    )
    overall, crm = row(desk.at("11:10"))
    assert (overall, crm["status"]) == ("outage", "outage")


def test_what_was_cancelled_is_no_maintenance(desk: Desk) -> None:
    desk.at("10:50").send("maintenance_cancelled", CHANGE)
    assert row(desk.at("11:10"))[1]["status"] == "working"


def test_a_plan_that_its_page_does_not_tell_yet_shows_nothing(desk: Desk) -> None:
    """What is moved counts as soon as readers were told of it, and not before."""
    desk.at("10:50").send(
        "maintenance_changed",
        CHANGE,
        starts_at="2026-08-24T13:00:00+08:00",
        ends_at="2026-08-24T14:00:00+08:00",
    )
    assert row(desk.at("11:10"))[1]["status"] == "working"
    assert row(desk.at("13:10"))[1]["status"] == "maintenance"
