"""What was told wrongly, in the console and by API: both values, to how many, and the acts that say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.auth.secret_values import hashed
from pipeline.access import Token
from pipeline.flow.drain import drain
from tests.acceptance.outage import CRM, words
from tests.acceptance.story import Desk
from tests.integration.console.majors import DOWN, Seat, desk_with, somebody


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, somebody(), somebody("second", language="zh")) as found:
        found.at("10:05").send(
            "incident.declared", CRM, **DOWN, started_at="2026-08-24T10:02:00+08:00"
        )
        found.at("10:20").send(
            "incident.phase_changed", CRM, phase="identified", cause=words("网络改动", "a network change")
        )  # fmt: skip
        yield found.at("10:22")


def test_a_person_says_what_was_wrong_sees_both_values_and_lets_it_leave(desk: Desk) -> None:
    seat = Seat(desk, "manager")
    page = seat.get(f"/incidents/{CRM}").text
    assert "Something that was recorded is wrong" in page
    done = seat.act("correct_cause", **{"words.zh": "数据库", "words.en": "the database"})
    assert done.status_code == 303
    drain(desk.app.steps)
    page = seat.get(f"/incidents/{CRM}").text
    assert "Told wrongly" in page
    assert "<del>a network change</del>" in page
    assert "<ins>the database</ins>" in page
    assert "recipients: 3" in page
    chinese = Seat(desk, "second").get(f"/incidents/{CRM}").text
    assert "说错的内容" in chinese
    assert "<del>网络改动</del>" in chinese
    mine = next(c for c in desk.app.queries.held() if c.audience == "affected")
    assert seat.post(f"/communications/{mine.id}/release").status_code == 303
    drain(desk.app.steps)
    assert "a network change" in desk.mails("tom@example.org")[-1].text


def test_a_false_all_clear_is_shown_as_told_and_right(desk: Desk) -> None:
    desk.at("10:50").send("incident.restored", CRM)
    seat = Seat(desk, "manager")
    assert seat.act("not_restored").status_code == 303
    drain(desk.app.steps)
    page = seat.get(f"/incidents/{CRM}").text
    assert "<del>restored</del>" in page
    assert "<ins>looking for the cause</ins>" in page


def test_an_act_that_makes_no_sense_is_not_offered(desk: Desk) -> None:
    seat = Seat(desk, "manager")
    assert "not_restored" not in seat.get(f"/incidents/{CRM}").text
    assert seat.act("not_restored").status_code == 422


def test_a_program_reads_them_with_who_is_offered_which(desk: Desk) -> None:
    desk.send("incident.corrected", CRM, attribute="started_at", at="2026-08-24T09:00:00+08:00")
    secret = "hg_reader"
    app = desk.app
    app.access.add_token(
        Token(
            id="tok", name="t", secret_hash=hashed(secret), scopes=frozenset({"read"}), created_at=app.clock.now(),
            sources=frozenset(), expires_at=None,
        )
    )  # fmt: skip
    seat = Seat(desk, "manager")
    answer = seat.client.get(
        f"/api/v1/incidents/{CRM}/corrections", headers={"Authorization": f"Bearer {secret}"}
    )
    found = {one["audience"]: one for one in answer.json()}
    assert found["affected"]["recipients"] == [
        "person:li (mail)",
        "person:tom (mail)",
        "room:sales (mail)",
    ]
    assert found["public"]["recipients"] == ["page:en (page)", "page:zh (page)"]
    assert found["affected"]["items"][0]["told"].startswith("2026-08-24T02:02")
    assert found["affected"]["items"][0]["right"].startswith("2026-08-24T01:00")
    assert found["affected"]["state"] == "held"
