"""Bringing in the past from a browser: looked at first, then taken in, with what could not be used."""

from __future__ import annotations

import html
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language, Role

from .conftest import csrf, signed_in

FILE = (
    "number,title,opened_at,resolution\n"
    "P-1,Old printer jams,2019-03-05,Cleaned the rollers\n"
    "P-2,Plotter,2999-01-01,\n"
)


def send_up(client: TestClient, content: str = FILE, **given: str) -> Any:
    fields = {"csrf": csrf(client), "source": "old desk", "zone": "UTC", **given}
    return client.post("/history", data=fields, files={"files": ("old.csv", content.encode())})


@pytest.mark.parametrize(("language", "says"), [("en", "is in the future"), ("zh", "在将来")])
def test_a_file_is_shown_as_it_is_read_before_it_is_taken_in(
    app: Heliograph, language: Language, says: str
) -> None:
    shown = send_up(signed_in(app, language=language), look="1").text
    assert "Old printer jams" in shown
    assert "Cleaned the rollers" in shown
    assert says in shown
    with app.store.read() as tx:
        assert tx.history_imports() == []


def test_what_is_taken_in_is_followed_on_a_page_and_found_again(app: Heliograph) -> None:
    client = signed_in(app)
    answer = send_up(client, keep="1", map="fix=Resolution")
    assert answer.status_code == 303
    step = next(step for step in app.steps if step.name == "history")
    while step.turn():
        pass
    told = client.get(answer.headers["location"]).text
    assert "line 3 of the file" in told
    with app.store.read() as tx:
        [done] = tx.history_imports()
    assert (done.counts.added, done.counts.broken) == (1, 1)
    past = "past_" + "0" * 32
    assert client.get("/chains").status_code == 200
    assert client.get(f"/incidents/{past}").headers["location"].endswith(past)
    assert client.get(f"/history/tickets/{past}").status_code == 404


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"source": " "}, "missing"),
        ({"map": "nonsense=Resolution"}, "no field"),
        ({"zone": "Mars"}, "time zone"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(
    app: Heliograph, given: dict[str, str], says: str
) -> None:
    answer = send_up(signed_in(app), keep="1", **{"map": "fix=Resolution", **given})
    assert answer.status_code == 422
    assert says == "missing" or says in html.unescape(answer.text)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TECHNICIAN])
def test_only_an_administrator_brings_in_the_past(app: Heliograph, role: Role) -> None:
    client = signed_in(app, role)
    assert client.get("/history").status_code == 403
    assert client.post("/history", data={"csrf": csrf(client)}).status_code == 403
