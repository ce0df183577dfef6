"""A store on each database, and the smallest values that one keeps: what a test does not name is ordinary."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.event import listen, remove

from pipeline.adapters.store.migrations import upgrade
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.communication import Communication, Draft, Form, Kind, Reason, Rendition
from pipeline.domain.directory import Directory, Group, Names, Person, Service
from pipeline.domain.events import Event, Reported
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.message import Attempt, Finished, Message, MessageState, Outcome, Recipient
from pipeline.domain.payload import Payload, PersonRef
from pipeline.domain.promise import Promise
from pipeline.domain.request import Request
from pipeline.ports import Alarm, Recorded

from ..postgres import Cluster

NOW = datetime(2026, 8, 24, 10, 2, 11, tzinfo=UTC)
LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)
DATABASES = ["sqlite", "postgresql"]


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'heliograph.db'}"
    made: str = request.getfixturevalue("postgres").new_database()
    return made


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "heliograph.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Cluster) -> str:
    url = postgres.new_database()
    upgrade(url)
    return url


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with all tables: a copy, because making them anew takes half a second."""
    if request.param == "sqlite":
        copied = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "heliograph.db")
        return f"sqlite:///{copied}"
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.new_database(request.getfixturevalue("migrated_postgres"))


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    opened = SqlStore(url)
    yield opened
    opened.close()


def event(
    data: Payload | None = None,
    *,
    incident: str = "inc_1",
    version: int = 1,
    source_id: str | None = None,
    number: str = "INC-1",
    at: datetime = NOW,
) -> Event:
    said = data or reported()
    return Event(
        id=f"evt_{incident}_{version}_{source_id or ''}",
        source="desk",
        source_id=source_id or f"{incident}/{version}",
        type=said.type,
        incident_id=incident,
        number=number,
        version=version,
        occurred_at=at,
        recorded_at=at + SECOND,
        data=said,
    )


def reported(title: str = "Mail is down", **more: Any) -> Reported:
    requester = PersonRef(id="wang", name="Wang Xiaolin", email="wang@example.org")
    return Reported(**{"title": title, "requester": requester, **more})


def recorded(one: Event, content_hash: str = "0" * 64) -> Recorded:
    return Recorded(event=one, content_hash=content_hash)


def incident(first: Event, *later: Event) -> Incident:
    folded = fold(None, first)
    for one in later:
        folded = fold(folded, one)
    return folded


def communication(name: str = "com_1", **changed: Any) -> Communication:
    usual: dict[str, Any] = {
        "id": name,
        "incident": "inc_1",
        "kind": Kind.STATUS_CHANGE,
        "audience": "requester",
        "rule": "tell-the-requester",
        "reason": Reason(code="state_changed", values={"state": "waiting"}),
        "due_at": NOW,
        "created_at": NOW,
        "events": ("evt_1",),
    }
    return Communication(**usual | changed)


def rendition(communication_id: str = "com_1", language: str = "en", **changed: Any) -> Rendition:
    usual: dict[str, Any] = {
        "id": f"{communication_id}.1.{language}.mail",
        "communication": communication_id,
        "revision": 1,
        "language": language,
        "form": Form.MAIL,
        "subject": "Your ticket",
        "text": "It waits for approval.",
        "template": "status_change",
        "template_version": "1",
    }
    return Rendition(**usual | changed)


def draft(communication_id: str = "com_1", language: str = "en", **changed: Any) -> Draft:
    usual: dict[str, Any] = {
        "communication": communication_id,
        "language": language,
        "renditions": (rendition(communication_id, language),),
    }
    return Draft(**usual | changed)


def message(name: str = "msg_1", *, channel: str = "mail", **changed: Any) -> Message:
    usual: dict[str, Any] = {
        "id": name,
        "bundle": "com_1",
        "contents": ("com_1",),
        "incident": "inc_1",
        "recipient": Recipient(
            kind="person",
            id="wang",
            name="王晓琳",
            channel=channel,
            address="wang@example.org",
            language="zh",
            zone="Asia/Shanghai",
        ),
        "form": Form.MAIL,
        "rendition": "com_1.1.zh.mail",
        "values": {"link": "https://desk.example.org/1"},
        "due_at": NOW,
        "created_at": NOW,
    }
    return Message(**usual | changed)


def finished(
    attempt: Attempt,
    outcome: Outcome = Outcome.DELIVERED,
    state: MessageState = MessageState.DELIVERED,
    *,
    due_at: datetime | None = None,
    at: datetime = NOW + SECOND,
) -> Finished:
    ended = {"finished_at": at, "outcome": outcome, "detail": "250 OK", "provider_id": "q-1"}
    return Finished(attempt=attempt.model_copy(update=ended), state=state, due_at=due_at)


def promise(name: str = "pro_1", **changed: Any) -> Promise:
    usual: dict[str, Any] = {
        "id": name,
        "incident": "inc_1",
        "communication": "com_1",
        "what": "expected_at",
        "promised_at": NOW + timedelta(hours=1),
        "due_at": NOW + timedelta(hours=1),
        "made_at": NOW,
    }
    return Promise(**usual | changed)


def request_to_desk(name: str = "req_1", **changed: Any) -> Request:
    usual: dict[str, Any] = {
        "id": name,
        "incident": "inc_1",
        "kind": "reopen",
        "asked_by": "wang",
        "asked_at": NOW,
    }
    return Request(**usual | changed)


def alarm(key: str = "rule:r1", **changed: Any) -> Alarm:
    usual: dict[str, Any] = {
        "key": key,
        "code": "rule_failed",
        "values": {"rule": "r1"},
        "raised_at": NOW,
        "incident": "inc_1",
    }
    return Alarm(**usual | changed)


def directory() -> Directory:
    return Directory(
        people=(Person(id="wang", name="Wang Xiaolin"), Person(id="chen", name="Chen Li")),
        groups=(Group(id="exchange", name=Names(zh="邮件组", en="Exchange")),),
        services=(Service(id="mail", name=Names(zh="邮件", en="Mail"), aliases=("邮箱",)),),
    )


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What `act` returned or raised, in threads that start at the same moment."""
    start = Barrier(count)

    def run(n: int) -> Any:
        start.wait(10)
        return act(n)

    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(run, n) for n in range(count)]
    return [f.exception() or f.result() for f in futures]


def scans(folder: Path, look: Callable[[SqlStore], object]) -> list[str]:
    """Which whole tables and indexes SQLite would go through for this look."""
    address = f"sqlite:///{folder / 'plans.db'}"
    upgrade(address)
    store = SqlStore(address)
    asked: list[tuple[str, Any]] = []

    def note_statement(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        asked.append((statement, values))

    try:
        with store.reading() as connection:
            engine = connection.engine
            listen(engine, "before_cursor_execute", note_statement)
            look(store)
            remove(engine, "before_cursor_execute", note_statement)
            steps = [
                str(row[3])
                for statement, values in asked.copy()
                if statement.lstrip().upper().startswith("SELECT")
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            ]
    finally:
        store.close()
    assert steps, "nothing was asked"
    return [step for step in steps if step.startswith("SCAN") and "hg_" in step]
