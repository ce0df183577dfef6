"""On-call calendars and mutes over the API: who may, what is refused, and that an address stays a secret."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.callers import ANY_SOURCE, SCOPES
from api.auth.secret_values import TOKEN_PREFIX, hashed, new_secret
from pipeline.access import Token
from tests.unit.flow.desk import Desk, opened

CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART:20260824T000000Z\n"
    "DTEND:20260825T000000Z\nSUMMARY:{who}\nEND:VEVENT\nEND:VCALENDAR\n"
)
NAMES = {"zh": "网络", "en": "Network"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("desk")) as found:
        yield found


def client(desk: Desk, *scopes: str) -> TestClient:
    secret, now = new_secret(TOKEN_PREFIX), desk.clock.now()
    token = Token(
        id=desk.app.ids.new("tok"),
        name="-".join(scopes),
        secret_hash=hashed(secret),
        scopes=frozenset(scopes),
        sources=frozenset({ANY_SOURCE}),
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    desk.app.access.add_token(token)
    made = TestClient(create_app(desk.app), base_url=desk.app.settings.base_url)
    made.headers["Authorization"] = f"Bearer {secret}"
    return made


def test_a_calendar_is_kept_read_and_removed(desk: Desk) -> None:
    """Now and next, in both languages what should be seen to; a reader may look, and no more."""
    admin, reader = client(desk, *SCOPES), client(desk, "read")
    body = {"name": NAMES, "fallback": "exchange", "calendar": CALENDAR.format(who="chen")}
    assert reader.put("/api/v1/on-call/network", json=body).status_code == 403
    made = admin.put("/api/v1/on-call/network", json=body).json()
    assert [(t["person"], t["name"]) for t in made["now"]] == [("chen", "Chen Li")]
    assert made["told_instead"] is None
    assert {note["code"] for note in made["notes"]} == {"rota_gaps"}
    stranger = {**body, "calendar": CALENDAR.format(who="nobody")}
    assert admin.put("/api/v1/on-call/network", json=stranger).json()["told_instead"] == "exchange"
    assert reader.get("/api/v1/on-call").json()[0]["now"][0]["said"] == "nobody"
    assert admin.post("/api/v1/on-call/network/read").json()["failed"] is None
    assert admin.delete("/api/v1/on-call/network").json() == {"removed": True}
    assert admin.get("/api/v1/on-call/network").status_code == 404


@pytest.mark.parametrize(
    ("rota", "changed"),
    [
        ("Network", {}),
        ("a b", {}),
        ("network", {"fallback": "none"}),
        ("network", {"calendar": "x"}),
        ("network", {"calendar": None}),
        ("network", {"calendar": None, "url": "https://127.0.0.1/secret-token.ics"}),
        ("network", {"zone": "Mars/Base"}),
        ("network", {"more": 1}),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(
    desk: Desk, rota: str, changed: dict[str, object]
) -> None:
    """And without a word of a secret address."""
    body = {"name": NAMES, "fallback": "exchange", "calendar": CALENDAR.format(who="chen")}
    said = client(desk, *SCOPES).put(f"/api/v1/on-call/{rota}", json={**body, **changed})
    assert said.status_code == 400
    assert "secret-token" not in said.text
    assert said.json()["detail"]


def test_a_group_is_muted_and_heard_again(desk: Desk) -> None:
    """With its end, and who said it."""
    admin = client(desk, *SCOPES)
    desk.report()
    until = (desk.clock.now() + timedelta(days=3)).isoformat()
    body = {
        "whose": "group",
        "reader": "exchange",
        "of": "incident",
        "about": "T-1",
        "until": until,
    }
    assert client(desk, "read").post("/api/v1/mutes", json=body).status_code == 403
    assert admin.post("/api/v1/mutes", json=body).status_code == 201
    assert [m["reader"] for m in admin.get("/api/v1/mutes").json()] == ["exchange"]
    for wrong in ({"reader": "none"}, {"about": "none"}, {"until": desk.clock.now().isoformat()}):
        assert admin.post("/api/v1/mutes", json={**body, **wrong}).status_code in (400, 404)
    path = "/api/v1/mutes/group/exchange/incident/T-1"
    assert admin.delete(path).json() == {"removed": True}
    assert admin.delete(path).status_code == 404
    assert admin.get("/api/v1/approvals").json() == []
