"""The register in a browser: found, described, changed by two at once, taken back, imported, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Role
from tests.integration.console.majors import Seat, desk_with, somebody

GIVEN = {
    "id": "hr/portal", "name_zh": "人事门户", "name_en": "HR portal", "aliases": "请假系统\nleave system",
    "owner_groups": "app-support", "users": "staff", "depends_on": "crm", "advice_zh": "请稍后再提交假单",
    "advice_en": "Please send leave requests later", "critical": "yes", "version": "0",
}  # fmt: skip
AT = "/services/hr%2Fportal"


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    viewer = somebody("viewer", Role.VIEWER)
    with desk_with(tmp_path, somebody(), somebody("second", language="zh"), viewer) as desk:
        found = Seat(desk, "manager")
        found.desk = desk  # type: ignore[attr-defined]
        yield found


def other(seat: Seat, person: str) -> Seat:
    return Seat(seat.desk, person)  # type: ignore[attr-defined]


def test_a_service_is_described_found_and_shown_with_what_hangs_on_what(seat: Seat) -> None:
    assert seat.post("/services/new", **GIVEN).headers["location"] == AT
    shown = seat.get(AT).text
    for words in (
        "HR portal",
        "请假系统",
        "Application Support",
        "Please send leave requests later",
        "<svg",
    ):
        assert words in shown
    assert 'href="/services/crm"' in shown
    assert 'href="/services/hr%2Fportal"' in seat.get("/services/crm").text
    assert "HR portal" in seat.get("/services?q=LEAVE").text
    assert "HR portal" not in seat.get("/services?q=nothing").text
    assert "人事门户" in other(seat, "second").get("/services").text


def test_a_field_that_is_wrong_is_named_and_nothing_that_was_written_is_lost(seat: Seat) -> None:
    wrong = {**GIVEN, "users": "nobody", "advice_en": "", "name_zh": "人事\x07"}
    answer = seat.post("/services/new", **wrong)
    assert answer.status_code == 422
    assert 'id="wrong-advice_en"' in answer.text
    assert 'id="wrong-name_zh"' in answer.text
    assert "leave system" in answer.text
    answer = seat.post("/services/new", **GIVEN | {"users": "nobody"})
    assert "stands for nothing that is known: nobody" in answer.text


def test_of_two_editors_the_second_sees_what_would_change_and_loses_nothing(seat: Seat) -> None:
    seat.post("/services/new", **GIVEN)
    mine = {k: v for k, v in GIVEN.items() if k != "id"} | {"version": "1"}
    seat.post(f"{AT}/edit", **mine | {"name_en": "Staff portal"})
    second = other(seat, "second").post(f"{AT}/edit", **mine | {"name_zh": "员工门户"})
    assert second.status_code == 409
    assert "Staff portal" in second.text
    assert "员工门户" in second.text
    assert 'name="version" value="2"' in second.text, "saving again is a choice, not an accident"
    assert "Staff portal" in seat.get(AT).text


def test_each_step_can_be_taken_back_and_a_deleted_one_brought_back(seat: Seat) -> None:
    seat.post("/services/new", **GIVEN)
    assert seat.post(f"{AT}/delete", version="1").status_code == 303
    assert "HR portal" not in seat.get("/services").text
    assert "It was deleted" in seat.get(AT).text
    assert seat.post(f"{AT}/undo", version="2", n="2").status_code == 303
    assert "HR portal" in seat.get("/services").text
    assert "Somebody else has changed" in seat.post(f"{AT}/delete", version="1").text


def test_a_table_is_looked_at_before_it_is_taken_in(seat: Seat) -> None:
    table = "id,name_zh,name_en,users\nwiki,知识库,Wiki,staff\n".encode("gb18030")

    def send(**more: str) -> str:
        answer = seat.client.post(
            "/services/import",
            data={"csrf": seat.csrf, **more},
            files={"files": ("t.csv", table)},
        )
        return str(answer.text)

    assert "nothing is taken in yet" in send(look="1")
    assert "Wiki" not in seat.get("/services").text
    assert "It is taken in." in send(keep="1")
    assert "Wiki" in seat.get("/services").text
    assert seat.get("/services/export?encoding=gbk").content.decode("gb18030").count("\r\n") == 3


def test_what_is_missing_is_a_list_of_its_own_in_both_languages(seat: Seat) -> None:
    assert "no owner" in seat.get("/services/missing").text
    assert "没有负责人" in other(seat, "second").get("/services/missing?gap=no_owner").text


def test_a_viewer_reads_and_changes_nothing(seat: Seat) -> None:
    viewer = other(seat, "viewer")
    assert viewer.get("/services/crm").status_code == 200
    assert "/services/new" not in viewer.get("/services").text
    assert viewer.get("/services/new").status_code == 403
    assert viewer.post("/services/crm/delete", version="1").status_code == 403
    assert seat.client.post("/services/crm/delete", data={"version": "1"}).status_code == 403
    assert "CRM" in seat.get("/services").text
