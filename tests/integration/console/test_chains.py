"""The pages on which a person sees what keeps coming back, and decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.domain.directory import Directory, Person, Role
from tests.unit.flow.desk import Desk, opened

from .conftest import csrf, signed_in

TITLES = ("GlobalLink shows error 809", "GlobalLink 报错 809", "GlobalLink: <b>809</b> again")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, public_url="https://help.example.org") as found:
        people = tuple(
            Person(id=f"{role.value}.{lang}", name=role.value, role=role, language=lang)
            for role in Role
            for lang in ("zh", "en")
        )
        found.app.acts.load_directory(Directory(people=people))
        for n, title in enumerate(TITLES, 1):
            found.report(f"T-{n}", title=title, service="vpn")
            found.wait(7 * 24 * 60)
        yield found


def chain_page(client: TestClient) -> str:
    found = re.search(r'href="(/chains/[^"]+)"', client.get("/chains").text)
    assert found
    return found[1]


@pytest.mark.parametrize(("language", "word"), [("en", "keeps coming back"), ("zh", "反复出现")])
def test_a_chain_has_a_card_and_a_page(desk: Desk, language: str, word: str) -> None:
    client = signed_in(desk.app, Role.TECHNICIAN, language)  # type: ignore[arg-type]
    page = client.get(chain_page(client)).text
    assert word in page
    assert page.count("<circle") == 3
    assert "<b>809" not in page


def test_a_ticket_shows_what_was_like_it(desk: Desk) -> None:
    """With its reasons in words."""
    client = signed_in(desk.app, Role.TECHNICIAN)
    number = desk.app.store
    with number.read() as tx:
        [found] = tx.incidents_by_number("desk", ["T-3"]).values()
    page = client.get(f"/incidents/{found.id}").text
    assert "Like it before" in page
    assert "system by name" in page


def test_a_technician_decides_once(desk: Desk) -> None:
    client = signed_in(desk.app, Role.TECHNICIAN)
    page = chain_page(client)
    given = {"csrf": csrf(client), "decision": "refused"}
    assert client.post(page, data=given).status_code == 409
    assert client.post(page, data=given | {"reason": "Known"}).status_code == 303
    assert client.post(page, data=given | {"reason": "Known"}).status_code == 409
    assert "Known" in client.get(page).text


def test_a_foreign_form_decides_nothing(desk: Desk) -> None:
    client = signed_in(desk.app, Role.TECHNICIAN)
    assert client.post(chain_page(client), data={"decision": "accepted"}).status_code == 403


@pytest.mark.parametrize(("language", "word"), [("en", "Problem record"), ("zh", "问题单")])
def test_a_problem_is_recorded_on_the_page_of_its_chain(
    desk: Desk, language: str, word: str
) -> None:
    """With the arithmetic of its cost; a stale page changes nothing, and an old form is told so."""
    client = signed_in(desk.app, Role.TECHNICIAN, language)  # type: ignore[arg-type]
    page = chain_page(client)
    assert client.post(page, data={"csrf": csrf(client), "decision": "accepted"}).status_code == 303
    text = client.get(page).text
    assert word in text
    found = re.search(r'action="(/problem-records/[^"/]+)"', text)
    assert found
    given = {"csrf": csrf(client), "title": "809", "version": "1", "workaround": "<b>Web</b>"}
    assert client.post(found[1], data=given).status_code == 303
    assert client.post(found[1], data=given).status_code == 409
    assert client.post(found[1], data={"title": "809"}).status_code == 403
    assert "<b>Web" not in client.get(page).text
    assert client.post(f"{found[1]}/article", data={"csrf": csrf(client)}).status_code == 303
    assert "/knowledge/" in client.get(page).text
