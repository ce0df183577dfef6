"""Every time that was announced stands on the board, until it was kept or is known as broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Role
from pipeline.domain.promise import PromiseState
from tests.acceptance.outage import CRM
from tests.acceptance.story import Desk

from .majors import DOWN, Seat, desk_with, somebody

LIMITED = {"limits": "report export is off", "limits_news_by": "2026-08-24T11:00:00+08:00"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, somebody(), somebody("viewer", Role.VIEWER)) as found:
        found.at("10:00")
        yield found


def column(page: str, name: str) -> str:
    found = re.search(rf'<section class="board-{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def limited(desk: Desk) -> None:
    """Restored, with news of what is still limited by eleven."""
    desk.send("incident.declared", CRM, **DOWN)
    desk.at("10:05").send("incident.restored", CRM, **LIMITED)


def promise(desk: Desk, what: str) -> str:
    return next(
        p.id
        for p in desk.app.queries.promises_in(PromiseState.OPEN, newest_first=True)
        if p.what == what
    )


def test_an_empty_board_says_what_it_is_for(desk: Desk) -> None:
    assert "Nothing was promised yet" in Seat(desk, "manager").get("/promises").text


def test_a_time_that_several_were_told_stands_there_once(desk: Desk) -> None:
    desk.send("incident.declared", CRM, **DOWN)
    due = column(Seat(desk, "manager").get("/promises").text, "open")
    assert due.count(f">{CRM}</a>") == 1
    for audience in ("those affected", "leaders", "the public page", "the telephone desk"):
        assert audience in due


@pytest.mark.parametrize(
    ("time", "where"), [("10:30", "open"), ("10:50", "at_risk"), ("11:01", "broken")]
)
def test_a_promise_moves_from_due_to_at_risk_to_broken(desk: Desk, time: str, where: str) -> None:
    limited(desk)
    desk.at(time)
    seat = Seat(desk, "manager")
    page = seat.get("/promises").text
    assert "news of limits by" in column(page, where)
    menu = re.search(r'<a href="/promises".*?</a>', page, re.DOTALL)
    assert menu
    assert ("badge" in menu[0]) is (where == "at_risk")


@pytest.mark.parametrize(("time", "where"), [("10:50", "kept"), ("11:01", "late")])
def test_whoever_did_it_marks_it_as_kept_in_time_or_late(desk: Desk, time: str, where: str) -> None:
    """For every audience that was told this time, with one press; a second press is told so."""
    limited(desk)
    name = promise(desk, "limits_news_by")
    desk.at(time)
    seat = Seat(desk, "manager")
    assert seat.post(f"/promises/{name}/keep").status_code == 303
    page = seat.get("/promises").text
    assert "news of limits by" in column(page, where)
    assert "news of limits by" not in column(page, "open") + column(page, "at_risk")
    again = seat.post(f"/promises/{name}/keep")
    assert 'role="alert"' in again.text


def test_an_update_is_kept_by_telling_and_not_by_a_button(desk: Desk) -> None:
    desk.send("incident.declared", CRM, **DOWN)
    seat = Seat(desk, "manager")
    assert "Mark as kept" not in column(seat.get("/promises").text, "open")
    desk.at("10:19")
    assert "next update" in column(seat.get("/promises").text, "kept")


def test_a_viewer_sees_the_board_and_cannot_act_on_it(desk: Desk) -> None:
    limited(desk)
    seat, name = Seat(desk, "viewer"), promise(desk, "limits_news_by")
    assert "Mark as kept" not in seat.get("/promises").text
    assert seat.post(f"/promises/{name}/keep").status_code == 403
    assert promise(desk, "limits_news_by") == name


def test_another_site_and_an_unknown_promise_change_nothing(desk: Desk) -> None:
    limited(desk)
    seat, name = Seat(desk, "manager"), promise(desk, "limits_news_by")
    assert seat.client.post(f"/promises/{name}/keep", data={"csrf": "x"}).status_code == 403
    assert seat.post("/promises/prm_nothing/keep").status_code == 404
    assert promise(desk, "limits_news_by") == name


def test_an_update_is_told_at_its_time_whatever_is_sent_of_its_promise(desk: Desk) -> None:
    """Also when the button is pressed that the page does not have: readers wait for the news."""
    desk.send("incident.declared", CRM, **DOWN)
    seat, name = Seat(desk, "manager"), promise(desk, "next_update")
    seat.post(f"/promises/{name}/keep")
    before = len(desk.mails("tom@example.org"))
    desk.at("10:21")
    assert len(desk.mails("tom@example.org")) == before + 1


@pytest.mark.parametrize("name", ["%00", "x" * 5000, "..%2f..%2fetc", "🔥"])
def test_a_promise_of_a_strange_name_is_not_found(desk: Desk, name: str) -> None:
    answer = Seat(desk, "manager").post(f"/promises/{name}/keep")
    assert answer.status_code in {400, 404}
