"""A console over a real installation in which the mail client's story has been played."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Directory, Language, Person, Role
from tests.acceptance.story import Desk, desk, mail_client

BASE = "https://help.example.org"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), requester="zh") as found:
        mail_client(found)
        found.app.acts.load_directory(
            Directory(
                people=tuple(
                    Person(
                        id=f"{role.value}.{language}", name=role.value, role=role, language=language
                    )
                    for role in Role
                    for language in ("zh", "en")
                )
            )
        )
        yield found


@pytest.fixture(scope="module")
def app(played: Desk) -> Heliograph:
    return played.app


def browser(app: Heliograph) -> TestClient:
    """Without the lifespan: the workers rest, the story is over."""
    return TestClient(create_app(app), base_url=BASE, follow_redirects=False)


def signed_in(
    app: Heliograph, role: Role = Role.ADMINISTRATOR, language: Language = "en"
) -> TestClient:
    client = browser(app)
    link = make_link(app, f"{role.value}.{language}").removeprefix(BASE)
    assert client.post(link).status_code == 303
    return client


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/incidents").text)
    assert found
    return found[1]
