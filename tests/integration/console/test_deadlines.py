"""The clocks of service levels, as a person at the console, a program and a command see them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Role
from tests.acceptance.story import Desk
from tests.integration.cli.commands import ROOT, run

from .majors import Seat, desk_with, somebody

REPORT = {"title": "Payroll export fails", "requester": {"id": "wang"}, "priority": "P1"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    people = (somebody(), somebody("chinese", language="zh"), somebody("admin", Role.ADMINISTRATOR))
    with desk_with(tmp_path, *people) as found:
        found.at("10:05")
        found.send("reported", "T-1", **REPORT)
        yield found


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def shown(desk: Desk, path: str, person: str = "manager") -> str:
    return words(Seat(desk, person).get(path).text)


def test_the_ticket_shows_its_clocks_as_they_run_end_and_stand_still(desk: Desk) -> None:
    """Running with the clock time and what is left; met; paused; missed."""
    page = shown(desk, "/incidents/T-1")
    assert "Response running 10:20 15 min left" in page
    assert "Resolution running 14:05 4 h left" in page
    desk.at("10:10").send("assigned", "T-1", assignee={"id": "manager"})
    desk.send("state_changed", "T-1", state="waiting", waiting_for="requester")
    page = shown(desk, "/incidents/T-1")
    assert "Response met 10:10" in page
    assert "Resolution paused" in page
    desk.at("11:10").send("state_changed", "T-1", state="in_progress")
    desk.at("16:05")
    page = shown(desk, "/incidents/T-1")
    assert "Resolution overdue 15:05 1 h ago" in page
    assert "next stage: breach+4h" in page
    desk.send("resolved", "T-1", fix_summary="Done")
    assert "Resolution missed 16:05 1 h after the deadline" in shown(desk, "/incidents/T-1")
    desk.send("reopened", "T-1")
    assert "Resolution round 2 running 20:05 4 h left" in shown(desk, "/incidents/T-1")


def test_the_board_puts_those_about_to_be_missed_first(desk: Desk) -> None:
    desk.send("assigned", "T-1", assignee={"id": "manager"})
    desk.at("13:10").send("reported", "T-2", **REPORT | {"title": "Another"})
    page = shown(desk, "/deadlines")
    assert "About to be missed 1 T-1 Resolution · P1 Payroll export fails close 14:05" in page
    assert "Ahead 2 T-2 Response · P1 Another running 13:25 15 min left nobody has it yet" in page
    desk.at("14:10")
    assert "T-1 Resolution · P1 Payroll export fails overdue 14:05 5 min ago" in shown(
        desk, "/deadlines"
    )
    chinese = shown(desk, "/deadlines", "chinese")
    assert "T-1 解决 · P1 Payroll export fails 已过时限 14:05 已过 5 分钟" in chinese


def test_a_ticket_without_a_clock_says_why(desk: Desk) -> None:
    """A silence that somebody could wonder about."""
    desk.send("reported", "T-3", title="Slow", requester={"id": "wang"})
    assert "No priority is recorded, and no service level is for tickets" in shown(
        desk, "/incidents/T-3"
    )


def test_the_rules_page_shows_limits_calendars_and_stages(desk: Desk) -> None:
    page = shown(desk, "/rules")
    assert re.search(r"standard service_levels.yaml:\d+ P1 15 min 4 h around the clock", page)
    assert "P3 1 h 27 h working days, 09:00 to 18:00 Asia/Shanghai · CN" in page
    assert "breach technician and group, the group" in page, page


def test_a_program_gets_the_clocks_with_the_ticket(desk: Desk) -> None:
    seat = Seat(desk, "admin")
    found = json.loads(seat.get("/api/v1/incidents/T-1").text)
    assert found["number"] == "T-1"
    response = next(c for c in found["clocks"] if c["what"] == "response")
    told = {k: response[k] for k in ("round", "state", "overdue", "policy", "origin", "deadline")}
    assert told == {
        "round": 1,
        "state": "running",
        "overdue": False,
        "policy": "standard",
        "origin": "policy",
        "deadline": "2026-08-24T02:20:00Z",
    }
    assert [s["name"] for s in response["stages"]] == ["75%", "90%", "breach", "breach+4h"]
    assert not any(s["told"] for s in response["stages"])


def test_a_command_checks_calendars_and_tries_them_out(tmp_path: Path) -> None:
    """With what will have to be added when a country announces the days of its next year."""
    packs = str(ROOT / "pipeline/policy/packs")
    checked = run("rules", "check", packs, folder=tmp_path)
    assert "1 service levels, 2 calendars: all right" in checked.stderr
    assert "the moved working days of CN are known until" in checked.stderr
    asked = ("--reported", "2026-09-30T16:00+08:00", "--priority", "P3")
    tried = run("rules", "due", packs, *asked, folder=tmp_path).stdout
    assert re.search(r"resolution +breach +Sat 2026-10-10 16:00 \+0800 +in_charge, managers", tried)
    none = run("rules", "due", packs, "--reported", "2026-09-30T16:00+08:00", folder=tmp_path)
    assert none.stderr.strip() == "No service level fits such a ticket."
    naive = run("rules", "due", packs, "--reported", "2026-09-30T16:00", folder=tmp_path)
    assert (naive.returncode, "a time needs its zone" in naive.stderr) == (1, True)
