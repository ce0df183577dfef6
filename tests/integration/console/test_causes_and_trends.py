"""Pages: possible causes with what is decided about them, what a report takes of them, and trends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipeline.domain.directory import Directory, Names, Person, Role, Service
from tests.unit.flow.desk import Desk, opened

from .conftest import csrf, signed_in

WHAT = "Sign-in <b>moves</b> to the new session store"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """CRM failed after a change of it, somebody named the change, and it is over."""
    folder = tmp_path_factory.mktemp("causes")
    with opened(folder, public_url="https://help.example.org") as found:
        people = tuple(
            Person(id=f"{role.value}.{lang}", name=role.value, role=role, language=lang)
            for role in Role
            for lang in ("zh", "en")
        )
        crm = Service(id="crm", name=Names(zh="客户系统", en="CRM"))
        found.app.acts.load_directory(Directory(people=people, services=(crm,)))
        change = found.event("x", "CHG-1", services=["crm"], what=WHAT)
        found.accept(change | {"type": "heliograph.change.deployed.v1"})
        found.wait(10)
        found.report("T-1", title="CRM down", service="crm")
        declared = found.event("x", "T-1", severity="P1", service="crm", impact="unavailable")
        found.accept(declared | {"type": "heliograph.incident.declared.v1"})
        found.wait(5)
        found.send("noted", text="it broke because of CHG-1", author={"id": "chen", "name": "Chen"})
        found.send("assigned", assignee={"id": "chen"})
        found.wait(20)
        over = found.event("x", "T-1", restored_at=found.clock.now().isoformat())
        found.accept(over | {"type": "heliograph.incident.restored.v1"})
        found.settle()
        yield found


def worker(desk: Desk, language: str = "en") -> TestClient:
    return signed_in(desk.app, Role.TECHNICIAN, language)  # type: ignore[arg-type]


def decide(client: TestClient, decision: str, **more: Any) -> Any:
    given = {"csrf": csrf(client), "candidate": "change:desk:CHG-1", "decision": decision, **more}
    return client.post("/incidents/T-1/causes", data=given)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Possible, not proven", "Speaks for it", "CRM")), ("zh", ("尚未证实", "客户系统"))],
)
def test_the_page_tells_what_speaks_for_each_and_that_nothing_is_proven(
    desk: Desk, language: str, words: tuple[str, ...]
) -> None:
    """In the reader's language, with the words on record as they stand, and nothing of them as markup."""
    page = worker(desk, language).get("/incidents/T-1/causes").text
    assert all(word in page for word in words)
    assert "it broke because of CHG-1" in page
    assert "<b>moves" not in page
    on_ticket = worker(desk, language).get("/incidents/T-1").text
    assert "/incidents/" in on_ticket
    assert "CHG-1" in on_ticket


def test_who_only_reads_sees_no_possible_cause(desk: Desk) -> None:
    """They quote what was said among those who work on it."""
    viewer = signed_in(desk.app, Role.VIEWER, "en")
    assert viewer.get("/incidents/T-1/causes").status_code == 403
    assert "Possible causes" not in viewer.get("/incidents/T-1").text


def test_a_report_takes_a_cause_as_suspected_and_never_as_fact(desk: Desk) -> None:
    """A person presses; the line says that it is suspected."""
    manager = signed_in(desk.app, Role.INCIDENT_MANAGER, "en")
    token = csrf(manager)
    assert manager.post("/incidents/T-1/report/draft", data={"csrf": token}).status_code == 303
    offered = manager.get("/incidents/T-1/report?edition=engineers&text=en").text
    assert "Take as suspected" in offered
    taken = {"csrf": token, "candidate": "change:desk:CHG-1", "text_language": "en"}
    assert manager.post("/incidents/T-1/causes/take", data=taken).status_code == 303
    page = manager.get("/incidents/T-1/report?edition=engineers&text=en").text
    assert "Suspected: change CHG-1" in page
    assert "Confirmed: change CHG-1" not in page


def test_confirming_needs_words_and_can_be_taken_back(desk: Desk) -> None:
    """Without words nothing is confirmed; without the form's mark nothing is done at all."""
    client = worker(desk)
    assert decide(client, "confirmed").status_code == 409
    bare = {"candidate": "change:desk:CHG-1", "decision": "confirmed", "cause.en": "x"}
    assert client.post("/incidents/T-1/causes", data=bare).status_code == 403
    assert (
        decide(client, "confirmed", **{"cause.en": "the session store was full"}).status_code == 303
    )
    page = client.get("/incidents/T-1/causes").text
    assert "Confirmed cause" in page
    assert "% likely" not in page + client.get("/incidents/T-1").text
    assert "the session store was full" in page
    assert decide(client, "undone").status_code == 303
    assert decide(client, "ruled_out").status_code == 409
    assert decide(client, "ruled_out", reason="it touched reports alone").status_code == 303
    page = client.get("/incidents/T-1/causes").text
    assert "it touched reports alone" in page
    assert decide(client, "undone").status_code == 303


def test_phases_are_bands_on_the_axis(desk: Desk) -> None:
    """With the words of each beside them, and in the table behind."""
    page = worker(desk).get("/incidents/T-1").text
    assert 'class="band band-investigating"' in page


def test_trends_are_drawn_with_the_table_behind_each(desk: Desk) -> None:
    """One ticket: one cell of the map, its service, and how long each part of it took."""
    page = worker(desk).get("/trends").text
    assert page.count("The same as a table") >= 3
    assert len(re.findall(r'<rect class="heat-5"', page)) == 1
    assert "CRM" in page
    assert worker(desk).get("/trends?service=none").status_code == 200


def test_trends_without_a_ticket_say_so(desk: Desk) -> None:
    """An empty plot would look like a fault."""
    page = worker(desk, "zh").get("/trends?service=nobody-has-it").text
    assert "还没有可以画的内容" in page
    assert "<rect" not in page


def test_lengths_are_from_opening_to_the_first_hand_and_to_recovery(desk: Desk) -> None:
    """In seconds; a ticket that was resolved counts, and planned maintenance is none."""
    now = desk.clock.now()
    since = now - timedelta(days=7)
    trends = desk.app.trends
    acknowledged = trends.lasted("acknowledged", since, now)
    assert (acknowledged.n, acknowledged.median) == (1, 300)
    assert trends.lasted("recovered", since, now).median == 1500
    assert trends.lasted("acknowledged", now, now + timedelta(days=1)).n == 0
    (hour,) = trends.opened(since, now)
    assert (hour.service, hour.n) == ("crm", 1)
