"""A console over a desk with the CRM's directory, on a clock that a test moves; people of each role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Language, Person, Role
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk

BASE = "https://it.example.org"
DOWN: dict[str, Any] = {"severity": "P1", "impact": "unavailable", "service": "crm"}


@contextmanager
def desk_with(folder: Path, *people: Person) -> Iterator[Desk]:
    with outage(folder) as found:
        found.app.acts.load_directory(Directory(people=people))
        yield found


def somebody(
    name: str = "manager",
    role: Role = Role.INCIDENT_MANAGER,
    *,
    language: Language = "en",
    zone: str = "Asia/Shanghai",
) -> Person:
    return Person(id=name, name=name, role=role, language=language, zone=zone)


class Seat:
    """One signed-in browser."""

    def __init__(self, desk: Desk, person: str) -> None:
        self.client = TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)
        link = make_link(desk.app, person).removeprefix(BASE)
        assert self.client.post(link).status_code == 303
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/incidents").text)
        self.csrf = found[1] if found else ""

    def get(self, path: str) -> Response:
        answer: Response = self.client.get(path)
        return answer

    def post(self, path: str, **form: str) -> Response:
        answer: Response = self.client.post(path, data={"csrf": self.csrf, **form})
        return answer

    def act(self, name: str, number: str = CRM, **form: str) -> Response:
        """Records it on the ticket as the page showed it, unless the form names a version."""
        path = f"/incidents/{number}/acts/{name}"
        found = re.search(r'name="version" value="(\d+)"', self.get(path).text)
        return self.post(path, **{"version": found[1] if found else "", **form})
