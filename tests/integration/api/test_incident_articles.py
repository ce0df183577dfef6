"""A ticket with what was found for it, and what people said of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.shared_words import SharedWords
from pipeline.domain.suggested import Opinion
from tests.unit.flow.desk import opened

from .articles import KNOWLEDGE, STAFF, article, take_in
from .conftest import Api

FOUND = "/api/v1/incidents/T-1/articles"


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    with opened(tmp_path, search=SharedWords) as desk:
        yield Api(desk)


def reported(api: Api) -> tuple[str, str, str]:
    """An article for everybody, one for staff, one for editors alone; and a ticket like them."""
    [open_] = take_in(api, article("Mail client crashes"))
    [internal] = take_in(api, article("Mail client crashes: mbx07"), audience=STAFF)
    [hidden] = take_in(api, article("Mail client"), audience=["group:board"])
    api.desk.report()
    api.desk.settle()
    return open_, internal, hidden


def test_what_was_found_is_told_for_its_requester_and_for_staff(api: Api) -> None:
    open_, internal, _ = reported(api)
    found = api.get(FOUND, api.token("read")).json()
    assert [s["article"] for s in found["requester"]] == [open_]
    assert [s["article"] for s in found["staff"]] == [open_, internal]
    assert found["searched_at"] is not None
    assert found["said"] == []


def test_a_ticket_without_a_search_says_so(api: Api) -> None:
    api.desk.report()
    found = api.get(FOUND).json()
    assert (found["searched_at"], found["requester"], found["staff"]) == (None, [], [])


def test_a_word_on_an_article_is_kept_once_and_the_last_one_counts(api: Api) -> None:
    open_, _, _ = reported(api)
    path = f"{FOUND}/{open_}/opinion"
    for opinion in ("not_this", "not_this", "solved"):
        answer = api.post(path, {"opinion": opinion}, api.token("act"))
        assert answer.json() == {"result": "noted"}
    [said] = api.get(FOUND).json()["said"]
    assert (said["article"], said["person"], said["opinion"]) == (open_, "token:test", "solved")
    use = api.get(f"{KNOWLEDGE}/articles/{open_}").json()["use"]
    assert use == {"told": 1, "solved": 1, "not_this": 0}


def test_words_on_what_is_not_there_or_not_readable_are_refused(api: Api) -> None:
    open_, _, hidden = reported(api)
    act = api.token("act")
    for path in (
        f"{FOUND}/{hidden}/opinion",
        f"{FOUND}/art_404/opinion",
        f"/api/v1/incidents/T-404/articles/{open_}/opinion",
    ):
        assert api.post(path, {"opinion": "solved"}, act).status_code == 404, path
    assert api.get("/api/v1/incidents/T-404/articles").status_code == 404


@pytest.mark.parametrize("body", [{"opinion": "great"}, {}, {"opinion": None}])
def test_a_word_that_means_nothing_is_refused(api: Api, body: object) -> None:
    open_, _, _ = reported(api)
    answer = api.post(f"{FOUND}/{open_}/opinion", body)
    assert (answer.status_code, answer.json()["field"]) == (400, "opinion")


def test_reading_is_not_judging(api: Api) -> None:
    open_, _, _ = reported(api)
    token = api.token("read", "admin")
    assert api.post(f"{FOUND}/{open_}/opinion", {"opinion": "solved"}, token).status_code == 403
    assert api.get(FOUND, api.token("act")).status_code == 403


def test_a_ticket_whose_number_holds_a_slash_has_articles_too(api: Api) -> None:
    [open_] = take_in(api, article("Mail client crashes"))
    api.desk.report("IT/2026/7")
    api.desk.settle()
    path = "/api/v1/incidents/IT%2F2026%2F7/articles"
    assert [s["article"] for s in api.get(path).json()["requester"]] == [open_]
    assert api.post(f"{path}/{open_}/opinion", {"opinion": "solved"}).status_code == 200


def test_an_article_that_was_closed_to_staff_since_is_told_no_more(api: Api) -> None:
    open_, _, _ = reported(api)
    take_in(api, article("Mail client crashes: mbx07", audience=["group:board"]))
    found = api.get(FOUND, api.token("read")).json()
    assert [s["article"] for s in found["staff"]] == [open_]
    assert len(api.get(FOUND).json()["staff"]) == 2


def test_use_is_counted_by_day(api: Api) -> None:
    open_, _, _ = reported(api)
    incident = api.desk.incident.id
    api.desk.app.articles.judge(incident, open_, Opinion.SOLVED, by="wang")
    day = api.desk.clock.now().date().isoformat()
    expected = {"day": day, "searched": 1, "suggested": 1, "solved": 1}
    assert api.get(f"{KNOWLEDGE}/use", api.token("read")).json() == [expected]
    assert api.get(f"{KNOWLEDGE}/use?since={day}").json() == [expected]
    assert api.get(f"{KNOWLEDGE}/use?since=2027-01-01").json() == []
    answer = api.get(f"{KNOWLEDGE}/use?since=yesterday")
    assert (answer.status_code, answer.json()["field"]) == (400, "since")
