"""The API over a real installation, with tokens of every kind, on a clock that is moved by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.secret_values import hashed
from pipeline.access import Token
from tests.unit.flow.desk import START, Desk, opened

SINGLE = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"


class Api:
    """A client, and tokens by name."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = TestClient(create_app(desk.app), raise_server_exceptions=False)

    def token(self, *scopes: str, sources: tuple[str, ...] = ("desk",), **more: Any) -> str:
        secret = f"hg_{'-'.join(scopes)}-{'-'.join(sources)}-{len(self.desk.app.access.tokens())}"
        self.desk.app.access.add_token(
            Token(
                id=self.desk.app.ids.new("tok"),
                name="test",
                secret_hash=hashed(secret),
                scopes=frozenset(scopes),
                sources=frozenset(sources),
                created_at=START,
                **more,
            )
        )
        return secret

    def send(self, body: object, *, media_type: str = SINGLE, token: str = "") -> Any:
        """POST to /events; `body` is JSON unless it is bytes or text already."""
        content = body if isinstance(body, (bytes, str)) else json.dumps(body)
        secret = token or self.token("events:write")
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": media_type}
        return self.client.post("/api/v1/events", content=content, headers=headers)

    def get(self, path: str, token: str = "") -> Any:
        secret = token or self.token("read", "admin")
        return self.client.get(path, headers={"Authorization": f"Bearer {secret}"})

    def post(self, path: str, body: object = None, token: str = "") -> Any:
        secret = token or self.token("read", "act", "admin")
        return self.client.post(path, json=body, headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with opened(tmp_path_factory.mktemp("api"), batch_limit=20) as desk:
        yield Api(desk)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Api]:
    with opened(tmp_path) as desk:
        yield Api(desk)


def report(number: str = "T-1", **changed: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "specversion": "1.0",
        "id": f"report-{number}",
        "source": "desk",
        "type": "heliograph.ticket.reported.v1",
        "subject": number,
        "time": START.isoformat(),
        "data": {"title": "Mail client crashes", "requester": {"id": "wang"}},
    }
    return {**usual, **changed}


def note(number: str = "T-1", **changed: Any) -> dict[str, Any]:
    return report(
        number,
        **{"id": f"note-{number}", "type": "heliograph.ticket.noted.v1", "data": {"text": "tried it"}, **changed},
    )  # fmt: skip


def without(event: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in names}


LATER = START + timedelta(hours=1)
