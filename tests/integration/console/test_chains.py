"""The pages on which a person sees what keeps coming back, and decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.console.chain_view import plot_of
from pipeline.domain.directory import Directory, Person, Role
from pipeline.domain.incident import Incident
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


def test_a_ticket_shows_what_the_desk_files_it_under(desk: Desk) -> None:
    desk.report("T-9", title="Mouse", category="<i>device</i>")
    page = signed_in(desk.app, Role.TECHNICIAN, "en").get("/incidents/T-9").text
    assert "Category" in page
    assert "&lt;i&gt;device" in page


def test_its_axis_has_the_days_of_the_reader(desk: Desk) -> None:
    """What began at 23:30 UTC is of the next day in Shanghai; many of one day stay within the plot."""
    [at] = [one.opened_at for one in _incidents(desk, "T-1")]
    late = at.replace(hour=23, minute=30)
    cases = [one.model_copy(update={"opened_at": late}) for one in _incidents(desk, "T-1")] * 9
    plot = plot_of(cases, "Asia/Shanghai")
    assert [day for _, day in plot.ticks] == [(late + timedelta(days=1)).date()]
    assert len({dot.y for dot in plot.dots}) == 9
    assert all(dot.y >= 10 for dot in plot.dots)


@pytest.mark.parametrize(("language", "said"), [("en", "7 d apart"), ("zh", "通常相隔 7 天")])
def test_how_often_it_comes_is_told_with_a_fitting_unit(
    desk: Desk, language: str, said: str
) -> None:
    client = signed_in(desk.app, Role.TECHNICIAN, language)  # type: ignore[arg-type]
    assert said in client.get(chain_page(client)).text


def _incidents(desk: Desk, *numbers: str) -> list[Incident]:
    with desk.app.store.read() as tx:
        return list(tx.incidents_by_number("desk", list(numbers)).values())


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
    [case] = _incidents(desk, "T-2")
    ticket = client.get(f"/incidents/{case.id}").text
    assert "&lt;b&gt;Web&lt;/b&gt;" in ticket
    assert page in ticket
    assert client.post(found[1], data={"title": "809"}).status_code == 403
    fixed = given | {"version": "2", "fix": "New gateway"}
    assert client.post(found[1], data=fixed).status_code == 303
    assert 'class="chip warn"' not in client.get(page).text
    desk.wait(60)
    desk.report("T-9", title=TITLES[0], service="vpn")
    desk.wait(10)
    again = client.get(page).text
    assert 'class="chip warn"' in again
    assert ">New gateway</textarea>" not in again
    assert "<b>Web" not in client.get(page).text
    assert client.post(f"{found[1]}/article", data={"csrf": csrf(client)}).status_code == 303
    assert "/knowledge/" in client.get(page).text
