"""The approver's page: looking decides nothing, pressing decides once, and whoever comes second is told who was first."""

from __future__ import annotations

import pytest

from pipeline.domain.approvals import ApprovalState
from tests.unit.flow.approvals.approvers import Asking, approval, ask, decide

from .conftest import link_in, visitor

YES = {"decision": "yes", "me": "yes", "comment": "After hours, please"}


def link(desk: Asking, n: int = -1) -> str:
    return link_in(desk.mail.sent[n].text, "d")


def test_looking_changes_nothing_however_often_and_by_whom(desk: Asking) -> None:
    """Mail scanners open links with GET and HEAD, and follow what the page links to."""
    ask(desk, "zhao")
    page, client, before = link(desk), visitor(desk), desk.incident.version
    for method in ("GET", "HEAD", "GET"):
        for more in ("", "?decision=yes&me=yes", "?lang=zh"):
            assert client.request(method, page + more).status_code == 200
    assert desk.incident.version == before
    assert approval(desk).is_open


def test_pressing_decides_and_pressing_again_shows_what_was_decided(desk: Asking) -> None:
    ask(desk, "zhao", effect="No mail for 20 minutes", cost="CNY 300")
    page, client = link(desk), visitor(desk)
    shown = client.get(page).text
    assert all(
        words in shown for words in ("Move the mailbox", "20 minutes", "CNY 300", "I am Zhao")
    )
    assert "You decided this." in client.post(page, data=YES).text
    assert approval(desk).state is ApprovalState.APPROVED
    again = client.post(page, data={"decision": "no", "me": "yes"})
    assert again.status_code == 409
    assert "not recorded" in again.text
    assert "You decided this." in client.get(page).text
    assert approval(desk).state is ApprovalState.APPROVED


def test_whoever_comes_second_is_told_who_was_first(desk: Asking) -> None:
    """Decided by another approver, or in the console, or at the desk."""
    ask(desk, "zhao", "sun")
    page, client = link(desk, 0 if "zhao" in desk.mail.sent[0].address else 1), visitor(desk)
    decide(desk, "sun", approved=False, where="console", comment="Too dear")
    shown = client.get(page).text
    assert "Decided by Sun." in shown
    assert "Too dear" in shown
    assert "<form" not in shown.split("<main")[1]
    assert client.post(page, data=YES).status_code == 409
    assert approval(desk).state is ApprovalState.REFUSED


@pytest.mark.parametrize("data", [{}, {"decision": "yes"}, {"decision": "maybe", "me": "yes"}])
def test_nothing_is_decided_by_whoever_does_not_say_who_they_are(
    desk: Asking, data: dict[str, str]
) -> None:
    ask(desk, "zhao")
    answer = visitor(desk).post(link(desk), data={**data, "comment": "kept <b>words</b>"})
    assert answer.status_code == 422
    assert "Please say that you are Zhao" in answer.text
    assert "kept &lt;b&gt;words&lt;/b&gt;" in answer.text
    assert approval(desk).is_open


def test_a_link_that_was_altered_or_is_another_ones_opens_nothing(desk: Asking) -> None:
    ask(desk, "zhao")
    page, client = link(desk), visitor(desk)
    signer, now = desk.app.signer, desk.clock.now()
    said = {"incident": desk.incident.id, "approval": "a1", "person": "wang"}
    month = 31 * 24 * 60
    foreign = [
        page[:-3] + ("abc" if page[-3:] != "abc" else "xyz"),
        "/d/nothing",
        "/d/" + signer.sign("ticket", {**said, "person": "zhao"}, now.replace(year=2099)),
        "/d/" + signer.sign("approval", said, now.replace(year=2099)),
    ]
    for path in foreign:
        assert client.get(path).status_code == 401
        assert client.post(path, data=YES).status_code == 401
    assert approval(desk).is_open
    desk.app.deciding.approvals.withdraw(desk.incident.id, "a1", by="chen")
    assert "withdrawn" in client.get(page).text
    desk.wait(desk.app.settings.link_days * 24 * 60 + month)
    assert client.get(page).status_code == 401


def test_another_site_cannot_press_for_her(desk: Asking) -> None:
    ask(desk, "zhao")
    evil = {"origin": "https://evil.example"}
    assert visitor(desk).post(link(desk), data=YES, headers=evil).status_code == 403
    assert approval(desk).is_open


def test_the_page_speaks_the_readers_language(desk: Asking) -> None:
    ask(desk, "zhao")
    shown = visitor(desk).get(link(desk) + "?lang=zh").text
    assert "我是 Zhao，由我本人决定。" in shown
    assert "不同意" in shown


def test_mail_and_page_name_the_same_time_and_it_is_none_too_late(desk: Asking) -> None:
    """Down to five minutes in both: whoever trusts either is in time."""
    due = desk.clock.now().replace(hour=23, minute=43, second=20)
    ask(desk, "zhao", due_by=due.isoformat())
    mail, shown = desk.mail.sent[-1].text, visitor(desk).get(link(desk)).text
    assert "23:40" in mail
    assert ">23:40<" in shown
    assert "23:43" not in mail + shown
