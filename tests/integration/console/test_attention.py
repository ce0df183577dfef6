"""What waits for a person is marked where people look, and each change says how it went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Directory, Person, Role
from tests.acceptance.story import Desk, desk

from .conftest import signed_in


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Desk]:
    """Two tickets; the answer of one names an internal address, so a person must look."""
    with desk(tmp_path, requester="en") as found:
        admin = Person(id="administrator.en", name="Ada", role=Role.ADMINISTRATOR, language="en")
        found.app.acts.load_directory(Directory(people=(admin,)))
        found.send("reported", "INC-1", title="Mail is slow", requester={"id": "wang.xiaolin"})
        found.send("reported", "INC-2", title="No sound", requester={"id": "wang.xiaolin"})
        found.send("resolved", "INC-2", fix_summary="Restarted the service on 10.20.30.40")
        yield found


def test_the_list_marks_the_ticket_that_needs_a_look(held: Desk) -> None:
    client = signed_in(held.app)
    assert client.get("/incidents", params={"q": "INC-2"}).text.count("needs a look") == 1
    assert "needs a look" not in client.get("/incidents", params={"q": "INC-1"}).text


def test_what_waits_names_its_ticket_and_is_counted_in_the_navigation(held: Desk) -> None:
    text = signed_in(held.app).get("/waiting").text
    assert ">INC-2</a> No sound" in text
    rows = len(held.app.queries.held()) + len(held.app.queries.alarms())
    assert f'<span class="badge">{rows}</span>' in text


def test_an_address_puts_no_words_into_a_page(held: Desk) -> None:
    """A link that somebody sends must not make our page say what they like."""
    client = signed_in(held.app)
    [waiting] = held.app.queries.held()
    message = held.app.queries.messages(limit=1)[0]
    for path in (f"/communications/{waiting.id}", f"/messages/{message.id}"):
        answer = client.get(path, params={"error": "call 555 now"})
        assert answer.status_code == 200
        assert "call 555 now" not in answer.text


def test_a_late_event_is_marked_in_the_timeline(held: Desk) -> None:
    held.at("10:30").send("reported", "INC-3", title="No scan", requester={"id": "wang.xiaolin"})
    held.at("10:40").send("state_changed", "INC-3", state="in_progress")
    client, now = signed_in(held.app), held.app.clock.now()
    assert "late: newer news" not in client.get("/incidents/INC-3").text
    late = {
        "specversion": "1.0",
        "id": "told-late",
        "source": "service-desk",
        "type": "heliograph.ticket.assigned.v1",
        "subject": "INC-3",
        "time": (now - timedelta(minutes=5)).isoformat(),
        "data": {"assignee": {"id": "chen.li"}},
    }
    held.app.intake.accept([parse(late, now=now)])
    assert client.get("/incidents/INC-3").text.count("late: newer news") == 1


def test_another_language_keeps_what_was_searched(held: Desk) -> None:
    text = signed_in(held.app).get("/incidents?q=sound&state=resolved").text
    assert 'href="/incidents?q=sound&amp;state=resolved&amp;lang=zh"' in text


def test_a_session_that_ended_during_a_search_leads_the_whole_page_to_the_sign_in(
    held: Desk,
) -> None:
    client = signed_in(held.app)
    client.cookies.clear()
    part = {"HX-Request": "true", "HX-Target": "results"}
    answer = client.get("/incidents", headers=part, follow_redirects=True)
    assert answer.headers["hx-redirect"] == "/sign-in"


def test_a_refusal_is_said_in_the_readers_language(held: Desk) -> None:
    answer = signed_in(held.app).get("/incidents/INC-404?lang=zh", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "没有这个编号的工单" in answer.text
    assert "no ticket" not in answer.text
