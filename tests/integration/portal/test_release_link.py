"""The link in a request to release: opening it changes nothing, and what counts is who it was signed for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.problems import shown_path
from pipeline.domain.agreement import Ballot
from pipeline.domain.communication import CommunicationState
from pipeline.domain.directory import Directory, Group, Names
from pipeline.drafting.spoken import rounded_down
from tests.unit.flow.desk import Desk
from tests.unit.flow.releases import declared, first_contact, releasing, state, to_users, vote

BASE = "https://help.example.org"
TWO = {"id": "two", "mode": "two_persons", "audiences": ["affected"], "ask": "incident-managers", "within": "30m"}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with releasing(tmp_path, TWO, public_url=BASE) as found:
        declared(found)
        yield found


def link_of(desk: Desk, name: str) -> str:
    mails = [m.text for m in desk.mail.sent if m.address == f"{name}@example.org"]
    return next(w for w in mails[-1].split() if "/release/" in w).removeprefix(BASE)


def browser(desk: Desk) -> TestClient:
    return TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)


def test_a_scanner_that_opens_every_link_agrees_to_nothing(desk: Desk) -> None:
    """A GET, and a HEAD, ten times, with every link there is."""
    client = browser(desk)
    for name in ("mei", "noor") * 5:
        page = client.get(link_of(desk, name))
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        client.head(link_of(desk, name))
    assert (state(desk), to_users(desk)) == (CommunicationState.HELD, [])
    assert desk.app.releasing.rows.votes([first_contact(desk).id]) == {}


def test_two_links_release_it_and_one_used_twice_does_not(desk: Desk) -> None:
    client = browser(desk)
    for _ in range(2):
        said = client.post(link_of(desk, "mei"), data={"ballot": "agree"})
        desk.settle()
        assert "You have agreed" in said.text
        assert to_users(desk) == []
    done = client.post(link_of(desk, "noor"), data={"ballot": "agree"})
    desk.settle()
    assert "This text has left" in done.text
    assert len(to_users(desk)) == 2
    again = client.post(link_of(desk, "noor"), data={"ballot": "veto", "reason": "too late"})
    assert "This text has left" in again.text
    assert state(desk) is CommunicationState.RELEASED


def test_a_veto_by_link_stops_it_and_the_other_link_says_so(desk: Desk) -> None:
    client = browser(desk)
    client.post(link_of(desk, "mei"), data={"ballot": "veto", "reason": "Wrong <service>"})
    desk.settle()
    seen = client.get(link_of(desk, "noor")).text
    assert "will not be sent" in seen
    assert "Wrong &lt;service&gt;" in seen
    client.post(link_of(desk, "noor"), data={"ballot": "agree"})
    desk.settle()
    assert to_users(desk) == []


def test_a_link_that_was_altered_or_has_expired_is_no_permission(desk: Desk) -> None:
    client, link = browser(desk), link_of(desk, "mei")
    for spoiled in (link[:-2] + "xx", link + "x", "/release/x"):
        assert client.get(spoiled).status_code == 401
        assert client.post(spoiled, data={"ballot": "agree"}).status_code == 401
    desk.clock.set(desk.clock.now() + timedelta(days=2))
    assert client.post(link, data={"ballot": "agree"}).status_code == 401
    assert desk.app.releasing.rows.votes([first_contact(desk).id]) == {}


def test_another_site_cannot_press_the_button(desk: Desk) -> None:
    refused = browser(desk).post(
        link_of(desk, "mei"), data={"ballot": "agree"}, headers={"Origin": "https://evil.example"}
    )
    assert refused.status_code == 403
    assert desk.app.releasing.rows.votes([first_contact(desk).id]) == {}


def test_who_left_the_group_cannot_use_the_mail_of_then(desk: Desk) -> None:
    """The directory of now decides, not that of the day of the mail."""
    from pipeline.domain.directory import Person

    left = Group(
        id="incident-managers", name=Names(zh="事件经理", en="Managers"), members=("noor",)
    )
    gone = Person(id="mei", name="Mei")
    desk.app.acts.load_directory(Directory(groups=(left,), people=(gone,)))
    client = browser(desk)
    assert client.get(link_of(desk, "mei")).status_code == 401
    assert client.post(link_of(desk, "mei"), data={"ballot": "agree"}).status_code == 401


def test_what_was_decided_in_the_console_meanwhile_stands(desk: Desk) -> None:
    """The first one counts, and the second is told."""
    vote(desk, "noor", Ballot.VETO, "no")
    said = browser(desk).post(link_of(desk, "mei"), data={"ballot": "agree"})
    assert said.status_code == 200
    assert "will not be sent" in said.text


def test_whoever_left_the_house_cannot_use_the_mail_of_then(desk: Desk) -> None:
    """Though the group still names her."""
    link = link_of(desk, "mei")
    person = desk.app.queries.person("mei")
    assert person is not None
    assert browser(desk).get(link).status_code == 200
    gone = person.model_copy(update={"active": False})
    desk.app.acts.load_directory(Directory(people=(gone,)))
    assert browser(desk).get(link).status_code == 401
    assert browser(desk).post(link, data={"ballot": "agree"}).status_code == 401


def test_no_log_and_no_answer_repeats_a_link_that_is_a_permission() -> None:
    """Whoever reads the log could use it, in somebody's name."""
    for beginning in ("/own/", "/release/", "/t/", "/a/", "/d/", "/v/", "/status/sign-in/"):
        assert shown_path(f"{beginning}secret") == f"{beginning}…"
    assert shown_path("/t/secret/quiet") == "/t/…/quiet"


def test_mail_and_page_name_the_same_time(desk: Desk) -> None:
    """Down to five minutes in both; it is open a little longer than was said, and never less."""
    found = desk.app.releasing.rows.agreements([first_contact(desk).id])
    due = found[first_contact(desk).id].due_at
    assert due is not None
    told = f"{rounded_down(due).astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}"
    assert rounded_down(due) < due
    link = link_of(desk, "mei")
    mail = next(m for m in reversed(desk.mail.sent) if link in m.text)
    assert f"by {told}" in mail.text
    assert f">{told}</time>" in browser(desk).get(link).text
