"""A desk with a small library, on a clock that is moved by hand, and people of every role before its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from knowledge.article import ArticleText
from knowledge.shared_words import SharedWords
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Directory, Person, Role
from pipeline.domain.incident import Incident
from tests.unit.flow.desk import Desk, opened

BASE = "https://help.example.org"
CRASH = "Mail client crashes"
EVERYBODY = ("everybody",)


def text(title: str, **more: Any) -> ArticleText:
    fields: dict[str, Any] = {
        "source": "files",
        "external_id": title,
        "title": title,
        "body": f"{title}: close it and open it again.",
        "language": "en",
        "audience": EVERYBODY,
    }
    return ArticleText.model_validate(fields | more)


def take(desk: Desk, *texts: ArticleText) -> list[str]:
    taken = desk.app.articles.take_in(texts, by="administrator", audience=EVERYBODY)
    return [one.id for one in taken]


def ticket(desk: Desk, number: str = "T-1") -> Incident:
    found = desk.app.queries.incident(number)
    assert found is not None
    return found


class Seat:
    """One person before the console."""

    def __init__(self, app: Heliograph, person: str) -> None:
        self.client = TestClient(create_app(app), base_url=BASE, follow_redirects=False)
        assert self.client.post(make_link(app, person).removeprefix(BASE)).status_code == 303
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/incidents").text)
        assert found
        self.csrf = found[1]

    def get(self, path: str, **query: str) -> Response:
        return self.client.get(path, params=query or None)

    def post(self, path: str, **form: str) -> Response:
        return self.client.post(path, data={"csrf": self.csrf} | form)

    def sends(self, path: str, files: dict[str, bytes], **form: str) -> Response:
        """A form with files."""
        parts = [("files", (name, content)) for name, content in files.items()]
        return self.client.post(path, data={"csrf": self.csrf} | form, files=parts)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, search=SharedWords, public_url=BASE) as found:
        people = [Person(id=role.value, name=role.value, role=role) for role in Role]
        people.append(Person(id="zh", name="编辑", role=Role.ADMINISTRATOR, language="zh"))
        found.app.acts.load_directory(Directory(people=tuple(people)))
        yield found


@pytest.fixture
def seat(desk: Desk) -> Callable[[str], Seat]:
    return lambda person: Seat(desk.app, person)


@pytest.fixture
def editor(desk: Desk) -> Seat:
    return Seat(desk.app, "incident_manager")
