"""A monitor before a desk: sends what Alertmanager would, through the real door, on a clock moved by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.auth.secret_values import hashed
from pipeline.access import Token
from pipeline.flow.drain import drain

from .outage import outage
from .story import Desk

PAYLOADS = Path(__file__).parents[1] / "payloads"
SECRET = "hg_a-token-of-the-tests"
ZERO = "0001-01-01T00:00:00Z"


class Monitor:
    """`said` is the answer to the last message."""

    def __init__(self, desk: Desk, client: TestClient, source: str) -> None:
        self.desk, self._client, self._source = desk, client, source
        self.said: dict[str, Any] = {}

    @property
    def now(self) -> str:
        return self.desk.app.clock.now().isoformat()

    def sends(self, *alerts: dict[str, Any], group: str = '{}:{alertname="x"}') -> Any:
        return self.sends_raw(message(*alerts, group=group))

    def sends_raw(self, raw: object, *, status: int = 200, to: str = "alertmanager") -> Any:
        answer = self.post(json.dumps(raw).encode(), to=to)
        assert answer.status_code == status, answer.text
        drain(self.desk.app.steps)
        self.said = answer.json()
        return self.said

    def post(self, body: bytes, *, to: str = "alertmanager", **headers: str) -> Any:
        given = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/json", **headers}
        return self._client.post(f"/api/v1/webhooks/{to}", content=body, headers=given)

    def fires(self, name: str, instance: str = "a", **labels: str) -> dict[str, Any]:
        return alert(name, instance, self.now, **labels)


def alert(name: str, instance: str, started: str, **labels: str) -> dict[str, Any]:
    """One that fires."""
    all_ = {"alertname": name, "instance": instance, **labels}
    return {
        "status": "firing",
        "labels": all_,
        "annotations": {"summary": f"{name} on {instance}"},
        "startsAt": started,
        "endsAt": ZERO,
        "generatorURL": "http://prometheus.example.org/graph?g0.expr=up",
        "fingerprint": f"{name}/{instance}",
    }


def ended(one: dict[str, Any], at: str) -> dict[str, Any]:
    return {**one, "status": "resolved", "endsAt": at}


def message(*alerts: dict[str, Any], group: str = "{}:{}") -> dict[str, Any]:
    firing = any(a["status"] == "firing" for a in alerts)
    return {
        "version": "4",
        "groupKey": group,
        "truncatedAlerts": 0,
        "status": "firing" if firing else "resolved",
        "receiver": "heliograph",
        "groupLabels": {},
        "commonLabels": {},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager.example.org",
        "alerts": list(alerts),
    }


@contextmanager
def monitored(folder: Path, source: str = "prometheus") -> Iterator[Monitor]:
    with outage(folder) as desk:
        desk.app.access.add_token(token(desk, source))
        client = TestClient(create_app(desk.app), raise_server_exceptions=False)
        yield Monitor(desk, client, source)


def token(desk: Desk, source: str) -> Token:
    now = desk.app.clock.now()
    return Token(
        id=f"tok-{source}",
        name=source,
        secret_hash=hashed(SECRET),
        scopes=frozenset({"events:write"}),
        sources=frozenset({source}),
        created_at=now,
        expires_at=now + timedelta(days=365),
    )
