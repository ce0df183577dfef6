"""A signed-in person at the API: what the role brings, what a change needs, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.sign_in import LINK_LASTS, make_link
from api.auth.visitors import COOKIE, CSRF_HEADER, find_visitor
from pipeline.domain.directory import Directory, Person, Role
from tests.unit.flow.desk import START, opened

from .conftest import Api, report

READ, ACT, ADMIN = "/api/v1/incidents", "/api/v1/incidents/T-404/reopen", "/api/v1/tokens"


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with opened(tmp_path_factory.mktemp("staffed")) as desk:
        people = tuple(Person(id=role.value, name=role.value, role=role) for role in Role)
        desk.app.acts.load_directory(Directory(people=people))
        yield Api(desk)


@pytest.fixture(autouse=True)
def _at_the_start(staffed: Api) -> None:
    staffed.desk.clock.set(START)


class Browser:
    """A person's browser, and the CSRF value that its pages carry."""

    def __init__(self, api: Api, role: Role = Role.ADMINISTRATOR) -> None:
        self.client = TestClient(create_app(api.desk.app), follow_redirects=False)
        link = make_link(api.desk.app, role.value)
        self.answer = self.client.post(link.removeprefix(api.desk.app.settings.base_url))
        secret = self.client.cookies[COOKIE]
        self.csrf = _csrf(api, secret)

    def post(self, path: str, **headers: str) -> int:
        given = {"X-CSRF-Token": self.csrf, **headers}
        return int(self.client.post(path, json={}, headers=given).status_code)


def _csrf(api: Api, secret: str) -> str:
    from starlette.requests import Request

    app = create_app(api.desk.app)
    cookie = [(b"cookie", f"{COOKIE}={secret}".encode())]
    visitor = find_visitor(Request({"type": "http", "app": app, "headers": cookie}))
    assert visitor is not None
    return visitor.csrf


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.VIEWER, (200, 403, 403)),
        (Role.TECHNICIAN, (200, 404, 403)),
        (Role.INCIDENT_MANAGER, (200, 404, 403)),
        (Role.ADMINISTRATOR, (200, 404, 200)),
    ],
)
def test_a_role_opens_its_own_doors_alone(
    staffed: Api, role: Role, statuses: tuple[int, int, int]
) -> None:
    browser = Browser(staffed, role)
    read, admin = (browser.client.get(path).status_code for path in (READ, ADMIN))
    assert (read, browser.post(ACT), admin) == statuses


def test_nobody_speaks_for_a_source_with_a_session(staffed: Api) -> None:
    browser = Browser(staffed)
    answer = browser.client.post(
        "/api/v1/events", json=report(), headers={CSRF_HEADER: browser.csrf}
    )
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-allowed")


@pytest.mark.parametrize(
    "headers",
    [
        {CSRF_HEADER: ""},
        {CSRF_HEADER: "guessed"},
        {CSRF_HEADER: "ü"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_change_that_our_own_page_did_not_send_is_refused(
    staffed: Api, headers: dict[str, str]
) -> None:
    browser = Browser(staffed)
    raw = {CSRF_HEADER: browser.csrf, **headers}
    encoded = [(name.encode(), value.encode()) for name, value in raw.items()]
    answer = browser.client.post("/api/v1/reload", headers=encoded)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/csrf")


@pytest.mark.parametrize("origin", ["http://testserver", "http://127.0.0.1:8000"])
def test_a_change_from_our_own_page_is_taken(staffed: Api, origin: str) -> None:
    assert Browser(staffed).post("/api/v1/reload", Origin=origin) == 200


def test_one_sessions_csrf_value_does_not_serve_another(staffed: Api) -> None:
    one, other = Browser(staffed), Browser(staffed)
    assert one.post("/api/v1/reload", **{CSRF_HEADER: other.csrf}) == 403


def test_a_session_ends_after_its_hours(staffed: Api) -> None:
    browser = Browser(staffed)
    hours = timedelta(hours=staffed.desk.app.settings.session_hours)
    staffed.desk.clock.set(START + hours - timedelta(seconds=1))
    assert browser.client.get(READ).status_code == 200
    staffed.desk.clock.set(START + hours)
    assert browser.client.get(READ).status_code == 401
    assert browser.client.get("/incidents").headers["location"] == "/sign-in"


def test_a_role_that_was_taken_away_ends_its_sessions(staffed: Api) -> None:
    leaving = Person(id="leaving", name="Leaving", role=Role.TECHNICIAN)
    staffed.desk.app.acts.load_directory(Directory(people=(leaving,)))
    client = TestClient(create_app(staffed.desk.app), follow_redirects=False)
    client.post(make_link(staffed.desk.app, "leaving").removeprefix("http://127.0.0.1:8000"))
    assert client.get(READ).status_code == 200
    staffed.desk.app.acts.load_directory(
        Directory(people=(leaving.model_copy(update={"role": None}),))
    )
    assert client.get(READ).status_code == 401


def test_a_sign_in_link_counts_for_a_quarter_of_an_hour(staffed: Api) -> None:
    client = TestClient(create_app(staffed.desk.app), follow_redirects=False)
    paths = [
        make_link(staffed.desk.app, "viewer").removeprefix("http://127.0.0.1:8000")
        for _ in range(2)
    ]
    staffed.desk.clock.set(START + LINK_LASTS - timedelta(seconds=1))
    assert client.post(paths[0]).status_code == 303
    staffed.desk.clock.set(START + LINK_LASTS)
    assert client.post(paths[1]).status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
def test_only_the_button_takes_a_sign_in_link(staffed: Api, method: str) -> None:
    client = TestClient(create_app(staffed.desk.app), follow_redirects=False)
    path = make_link(staffed.desk.app, "viewer").removeprefix("http://127.0.0.1:8000")
    assert COOKIE not in client.request(method, path).cookies
    assert client.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(path).status_code == 303


@pytest.mark.parametrize(("person", "status"), [("nobody", 404), ("wang", 403), ("viewer", 201)])
def test_a_link_is_made_for_those_with_a_role_alone(staffed: Api, person: str, status: int) -> None:
    answer = staffed.post("/api/v1/sign-ins", {"person": person})
    assert answer.status_code == status
    assert ("/sign-in/" in answer.text.partition("instance")[0]) is (status == 201)


def test_the_sessions_cookie_is_out_of_reach_of_scripts(staffed: Api) -> None:
    cookie = Browser(staffed).answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_forged_cookie_counts_for_nothing(staffed: Api) -> None:
    for forged in ("x", "", "a" * 5000):
        answer = staffed.client.get(READ, headers={"Cookie": f"{COOKIE}={forged}"})
        assert answer.status_code == 401
