"""How well people were kept informed: the page of the link, the page of answers, the API and the command."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest

from pipeline.domain.directory import Directory, Role
from tests.unit.flow.approvals.approvers import person
from tests.unit.flow.surveys.majors import DAY, Failing, failing, link_to_answer

from .conftest import BASE, signed_in, visitor


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Failing]:
    """li, tom and a subscriber were asked; an hour ago tom was not, having been asked of a ticket."""
    with failing(tmp_path_factory.mktemp("house"), public_url=BASE) as found:
        roles = (Role.TECHNICIAN, Role.INCIDENT_MANAGER)
        people = tuple(person(role.value, role=role) for role in roles)
        found.app.acts.load_directory(Directory(people=people))
        found.subscribe("sub_anna", "anna@example.net")
        found.fix("tom")
        found.fail(days=1)
        found.over()
        found.wait(DAY)
        yield found


def asked(desk: Failing, name: str) -> str:
    return next(link_to_answer(m.text) for m in desk.mail.sent if m.address.startswith(name))


def test_the_page_asks_how_well_they_were_informed_and_says_nothing_of_the_ticket(
    desk: Failing,
) -> None:
    """In the reader's language; the ticket's own title is for those who work on it."""
    client = visitor(desk)
    zh, en = (client.get(asked(desk, name)).text for name in ("li", "anna"))
    assert "我们的通报做得怎么样" in zh
    assert "How well were you kept informed?" in en
    for page in (zh, en):
        assert "CRM" in page
        assert "Mail client crashes" not in page
        assert desk.number in page


def test_an_answer_is_pressed_changed_and_refused_when_it_is_none(desk: Failing) -> None:
    client, page = visitor(desk), asked(desk, "li")
    for method in ("HEAD", "GET"):
        assert client.request(method, page + "?score=1").status_code == 200
    for score in ("", "0", "6", "1.5", "５"):
        assert client.post(page, data={"score": score}).status_code == 422
    assert client.post(page[:-2], data={"score": "3"}).status_code == 401
    foreign = {"Origin": "https://evil.example"}
    assert client.post(page, data={"score": "3"}, headers=foreign).status_code == 403
    assert desk.surveys()["li"].score is None
    for score in ("5", "2"):
        said = {"score": score, "comment": "<b>Too late</b>"}
        assert client.post(page, data=said).status_code == 200
    assert client.post(asked(desk, "anna"), data={"score": "1"}).status_code == 200
    assert desk.surveys()["li"].revision == 2


def test_both_kinds_stand_beside_each_other_on_the_page_of_answers(desk: Failing) -> None:
    leader = signed_in(desk, "incident_manager")
    shown = leader.get("/surveys?lang=en").text
    for words in (
        *("How was the repair?", "How were people kept informed?", "a subscriber"),
        *("&lt;b&gt;Too late&lt;/b&gt;", "2 · badly", "1 · very badly"),
    ):
        assert words in shown
    table = csv.DictReader(StringIO(leader.get("/surveys.csv").text.lstrip("\ufeff")))
    assert {row["kind"] for row in table} == {"informed"}


def test_the_api_tells_them_apart_and_says_who_was_not_asked(desk: Failing) -> None:
    leader = signed_in(desk, "incident_manager")
    found = leader.get("/api/v1/surveys?kind=informed").json()
    assert {a["person"] for a in found["answers"]} == {"li", "subscriber:sub_anna"}
    assert [s["counts"] for s in found["scores"]] == [[1, 1, 0, 0, 0]]
    assert leader.get("/api/v1/surveys?kind=repair").json()["answers"] == []
    assert leader.get("/api/v1/surveys?kind=none").status_code == 400
    [left] = leader.get(f"/api/v1/surveys/unasked/{desk.number}").json()
    assert (left["person"], left["reason"]["code"]) == ("tom", "survey_asked_lately")
    assert "not long ago" in left["reason"]["en"]
    assert leader.get("/api/v1/surveys/unasked/T-none").status_code == 404
    technician = signed_in(desk, "technician")
    assert technician.get(f"/api/v1/surveys/unasked/{desk.number}").status_code == 403


def test_a_link_leads_nowhere_when_it_turns_out_to_be_a_security_incident(desk: Failing) -> None:
    page, client = asked(desk, "anna"), visitor(desk)
    desk.send("classified", incident_type="security")
    assert client.get(page).status_code == 401
    assert client.post(page, data={"score": "3"}).status_code == 401
    assert desk.surveys()["subscriber:sub_anna"].score == 1
