"""How is the database opened, so that commits are durable and writers queue fairly?"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from ...domain.errors import Misconfigured
from .turns import turns_of

BUSY_SECONDS = 15
"""How long a SQLite writer waits for another process before it gives up."""
# An error of the driver would otherwise repeat its values, which are people's data.
_POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": 32, "hide_parameters": True}
_POSTGRES: dict[str, Any] = {"connect_timeout": 10, "application_name": "heliograph"}


@dataclass(frozen=True, kw_only=True)
class Engines:
    """Where to read and where to write, and the turn that a writer takes first.

    On SQLite the writer is one connection that stays open: its page cache is warm, while that of any
    other is void after each commit. On PostgreSQL both are the same.
    """

    reader: Engine
    writer: Engine
    turn: AbstractContextManager[None]

    def close(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def open_engines(url: str) -> Engines:
    """Engines for `sqlite:///PATH` or `postgresql://…`. Raises Misconfigured for any other."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    if not url.startswith(("postgresql://", "postgresql+psycopg://")):
        raise Misconfigured("a database is sqlite:///PATH or postgresql://…")
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_pre_ping=True,
        # Claims rely on it: a row that another worker moved meanwhile is looked at again.
        isolation_level="READ COMMITTED",
        connect_args=_POSTGRES,
        **_POOL,
    )
    return Engines(reader=engine, writer=engine, turn=nullcontext())


def _sqlite(url: str) -> Engines:
    file = make_url(url).database
    if not file or file == ":memory:":
        raise Misconfigured(
            "SQLite needs a file: in memory each connection has a database of its own"
        )
    settings: dict[str, Any] = {
        "poolclass": QueuePool,
        "connect_args": {"check_same_thread": False, "timeout": BUSY_SECONDS},
    }
    reader = create_engine(url, pool_use_lifo=True, **_POOL, **settings)
    writer = create_engine(url, pool_size=1, max_overflow=0, hide_parameters=True, **settings)
    for engine in (writer, reader):
        event.listen(engine, "connect", _prepare)
    event.listen(reader, "connect", _refuse_writes)
    event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    # IMMEDIATE takes the writer's place at once: a transaction that read first and writes later
    # could otherwise fail in the middle because another process wrote in between.
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return Engines(
        reader=reader, writer=writer, turn=turns_of(os.path.realpath(file), BUSY_SECONDS)
    )


def _prepare(connection: Any, _record: object) -> None:
    # SQLAlchemy begins transactions itself (see the "begin" events): sqlite3 must not begin any.
    connection.isolation_level = None
    _pragma(connection, "journal_mode=WAL")
    # FULL: a committed event survives a power cut, not only the end of the process.
    _pragma(connection, "synchronous=FULL")
    _pragma(connection, "foreign_keys=ON")
    _pragma(connection, "temp_store=MEMORY")
    _pragma(connection, "cache_size=-32000")


def _refuse_writes(connection: Any, _record: object) -> None:
    # A write that came through a reader would pass by the queue of writers.
    _pragma(connection, "query_only=ON")


def _pragma(connection: Any, setting: str) -> None:
    connection.execute(f"PRAGMA {setting}").close()
