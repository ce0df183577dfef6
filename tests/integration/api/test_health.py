"""Alive and ready are two questions: the second is asked of database and workers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from pipeline.bootstrap import open_heliograph
from pipeline.settings import Settings
from tests.unit.flow.desk import opened


def test_it_is_ready_while_the_workers_run_and_not_after(tmp_path: Path) -> None:
    app = open_heliograph(Settings(data_dir=tmp_path), channels={})
    started = []
    web = create_app(app, on_start=lambda: started.append(app.workers.alive))
    try:
        with TestClient(web) as client:
            answer = client.get("/readyz")
            assert (answer.status_code, answer.json()["status"]) == (200, "ready")
            assert set(answer.json()["queues"].values()) == {0}
        assert started == [True]
        assert TestClient(web).get("/readyz").status_code == 503
        assert TestClient(web).get("/healthz").status_code == 200
    finally:
        app.close()


def test_it_tells_how_many_wait(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.report()
        depths = desk.app.queries.queue_depths()
    assert depths["communications.planned"] == 1


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[TestClient]:
    """A server whose database was spoilt while it ran."""
    with opened(tmp_path) as desk:
        client = TestClient(create_app(desk.app), raise_server_exceptions=False)
        client.cookies.set("heliograph_session", "any")
        with closing(sqlite3.connect(tmp_path / "heliograph.db")) as database:
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in names.fetchall():
                database.execute(f"DROP TABLE {name}")
        with capture_logs():
            yield client


def test_a_database_that_is_gone_is_said_without_internals(broken: TestClient) -> None:
    answer = broken.get("/readyz")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert "no such table" not in answer.text
    assert broken.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/api/v1/incidents", "*/*", "application/problem+json"),
        ("/incidents", "text/html", "text/html; charset=utf-8"),
        ("/nothing", "text/html", "text/html; charset=utf-8"),
    ],
)
def test_a_fault_of_ours_is_an_answer_too_and_tells_no_internals(
    broken: TestClient, path: str, accept: str, media_type: str
) -> None:
    answer = broken.get(path, headers={"Accept": accept})
    assert answer.status_code in (404, 500)
    assert answer.headers["content-type"] == media_type
    assert "no such table" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
