"""Pages, resources and mails of approvals and surveys, over a real installation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Role
from tests.unit.flow.approvals.approvers import Asking, approving, person

BASE = "https://it.example.org"
STAFF = (Role.VIEWER, Role.TECHNICIAN, Role.INCIDENT_MANAGER)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with approving(tmp_path_factory.mktemp("house"), public_url=BASE) as found:
        people = tuple(person(role.value, role=role) for role in STAFF)
        found.app.acts.load_directory(Directory(people=people))
        yield found


@pytest.fixture
def desk(house: Asking) -> Iterator[Asking]:
    house.begin()
    yield house
    house.send("closed", silent=True)
    house.settle()


def visitor(desk: Asking) -> TestClient:
    """Somebody who is not signed in; the workers rest."""
    return TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)


def signed_in(desk: Asking, person: str) -> TestClient:
    client = visitor(desk)
    assert client.post(make_link(desk.app, person).removeprefix(BASE)).status_code == 303
    return client


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/incidents").text)
    assert found
    return found[1]


def link_in(text: str, way: str) -> str:
    """The first link of a mail that leads this way, without our address."""
    found = re.search(rf"{re.escape(BASE)}(/{way}/[^\s?]+)", text)
    assert found
    return found[1]
