"""How is the database opened, so that commits are durable and writers queue fairly?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 15
"""How long a SQLite writer waits for another process before it gives up."""


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///PATH` or `postgresql://…`. SQLite runs in WAL mode, fully synced."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=16,
            max_overflow=32,
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    driver_url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(
        driver_url, pool_size=16, max_overflow=32, pool_pre_ping=True, connect_args=_POSTGRES
    )


_POSTGRES: dict[str, Any] = {"connect_timeout": 10, "application_name": "heliograph"}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # SQLAlchemy begins transactions itself (see `_begin_sqlite`): sqlite3 must not begin any.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        # FULL: a committed event survives a power cut, not only the end of the process.
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # IMMEDIATE takes the writer's place at once: a transaction that read first and writes later
    # could otherwise fail in the middle because somebody else wrote in between.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


