"""The real Alertmanager in front of a real server: an alert becomes a mail in the outbox, its end a line on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn

from api.app import create_app
from api.auth.secret_values import hashed
from pipeline.access import Token
from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.incident import Incident
from pipeline.ports import Search
from pipeline.settings import Settings
from tests.acceptance.outage import directory

from ..alertmanager import Alertmanager, required, running, until
from ..browser import free_port

SECRET = "hg_a-token-of-the-tests"


@contextmanager
def served(folder: Path) -> Iterator[tuple[Heliograph, str]]:
    """A whole server, its workers running on the real clock; mails are files in its outbox."""
    app = open_heliograph(Settings(data_dir=folder, zone="Asia/Shanghai", encoder="none"))
    app.acts.load_directory(directory())
    app.access.add_token(token(app.clock.now()))
    listening = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(app), log_config=None, access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield app, f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        app.close()


def token(now: datetime) -> Token:
    return Token(
        id="tok-1",
        name="prometheus",
        secret_hash=hashed(SECRET),
        scopes=frozenset({"events:write"}),
        sources=frozenset({"prometheus"}),
        created_at=now,
    )


def alert(name: str, **more: str) -> dict[str, Any]:
    return {
        "labels": {"alertname": name, "service": "CRM", "severity": "critical", "instance": "a:1"},
        "annotations": {"summary": f"{name} is above its limit"},
        "generatorURL": "http://prometheus.example.org/graph",
        **more,
    }


def test_the_real_alertmanager_opens_confirms_and_clears(tmp_path: Path) -> None:
    """Two alerts of its API: those who use the CRM have their first contact; their end is recorded, and is no all-clear."""
    found = required()
    with (
        served(tmp_path / "data") as (app, url),
        running(found, tmp_path, f"{url}/api/v1/webhooks/alertmanager", SECRET) as manager,
    ):
        _walk(app, manager, tmp_path / "data" / "outbox")


def _walk(app: Heliograph, manager: Alertmanager, outbox: Path) -> None:
    manager.post(alert("LoginErrors"))
    incident = until(lambda: _incident(app))
    assert (incident.service.value, incident.severity, incident.major) == ("crm", "P1", None)
    assert [s.signal for s in incident.firing] == ["LoginErrors"]
    assert incident.source == "prometheus"
    manager.post(alert("ProbeFailed"))
    mail = until(lambda: _mail_to(outbox, "tom@example.org"))
    assert "CRM" in mail
    ended = datetime.now(UTC).isoformat()
    manager.post(alert("LoginErrors", endsAt=ended), alert("ProbeFailed", endsAt=ended))
    over = until(lambda: (i := _incident(app)) and not i.firing and i)
    assert over.major is not None
    assert over.major.is_open
    assert len(app.queries.incidents(Search()).incidents) == 1


def _incident(app: Heliograph) -> Incident | None:
    return next(iter(app.queries.incidents(Search()).incidents), None)


def _mail_to(outbox: Path, address: str) -> str | None:
    for path in outbox.rglob("*.eml"):
        text = path.read_text(encoding="utf-8", errors="replace")
        if address in text:
            return text
    return None
