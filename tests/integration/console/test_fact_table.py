"""The table of facts names each of them, and tells its value, in the words of whoever looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Language, Person, Role
from pipeline.domain.major_events import Declared
from pipeline.domain.payload import PersonRef
from tests.acceptance.outage import outage
from tests.acceptance.story import Desk
from tests.acceptance.test_surge import BASE, WHO, reporters


def facts(desk: Desk, language: Language) -> dict[str, str]:
    """As they are read: what is told, by its name."""
    looking = Person(id="boss", name="Boss", role=Role.INCIDENT_MANAGER, language=language)
    desk.app.acts.load_directory(Directory(people=(looking,)))
    client = TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)
    client.post(make_link(desk.app, "boss").removeprefix(BASE))
    page = client.get("/incidents/SD-1").text.partition('class="facts-all"')[2]
    rows = re.findall(r"<tr><td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>", page, re.DOTALL)
    return dict(rows)


@pytest.mark.parametrize(
    ("language", "people", "within", "author"),
    [
        ("zh", "报告人数", ("多长时间内", "15 分钟"), "记录人"),
        ("en", "people who reported it", ("within", "15 min"), "recorded by"),
    ],
)
def test_lengths_have_a_unit_and_people_who_recorded_something_a_word(
    tmp_path: Path, language: Language, people: str, within: tuple[str, str], author: str
) -> None:
    with outage(tmp_path) as desk:
        desk.app.acts.load_directory(reporters())
        for n, who in enumerate(WHO, 1):
            desk.at(f"10:0{n}")
            desk.send("reported", f"SD-{n}", title="CRM down", service="crm", requester={"id": who})
        asked = facts(desk.at("10:06"), language)
        assert (asked[people], asked[within[0]]) == ("5", within[1])
        ticket = desk.app.queries.incident("SD-1")
        assert ticket is not None
        said = Declared(severity="P1", service="crm", by=PersonRef(id="boss"), basis="person")
        desk.app.acts.record(ticket.id, said, version=ticket.version)
        assert facts(desk, language)[author] == "Boss"
