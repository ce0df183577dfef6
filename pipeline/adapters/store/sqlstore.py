"""One unit of work at a time: what is written in it is kept as a whole, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from ...domain.errors import Unavailable
from .access import SqlAccess
from .alert_queries import SqlAlerts
from .article_queries import SqlArticles
from .clocks_rows import SqlClocks
from .decision_queries import SqlDecisions
from .engine import open_engines
from .model_calls import SqlModelCalls
from .portal_queries import SqlPortal
from .queries import SqlQueries
from .text_queries import SqlTexts
from .transaction import SqlTransaction
from .trend_queries import SqlTrends


class SqlStore:
    """The store on SQLite or PostgreSQL. `queries`, `articles`, `model_calls`, `decisions`, `alerts`, `texts`, `clocks`,
    `portal`, `trends` and `access` share its connections."""

    def __init__(self, url: str) -> None:
        self._engines = open_engines(url)
        self.queries = SqlQueries(self)
        self.access = SqlAccess(self)
        self.articles = SqlArticles(self)
        self.model_calls = SqlModelCalls(self)
        self.decisions = SqlDecisions(self)
        self.alerts = SqlAlerts(self)
        self.texts = SqlTexts(self)
        self.clocks = SqlClocks(self)
        self.portal = SqlPortal(self)
        self.trends = SqlTrends(self)
        self.trouble: str | None = None
        self.writes = 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction of its own. On SQLite all of it sees the same moment."""
        try:
            with self._engines.reader.connect() as connection, connection.begin():
                yield connection
        except OperationalError as failed:
            if (why := _why(failed)) is None:
                raise
            raise Unavailable(f"the database cannot be read now: {why}") from failed

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The same for changes: they are kept at the end, and dropped when the block raises."""
        try:
            with self._engines.turn, self._engines.writer.begin() as connection:
                yield connection
        except (OperationalError, TimeoutError) as failed:
            if (why := _why(failed)) is None:
                raise
            self.trouble = f"the database cannot be written now: {why}"
            raise Unavailable(self.trouble) from failed
        self.trouble = None
        self.writes += 1

    @contextmanager
    def read(self) -> Iterator[SqlTransaction]:
        with self.reading() as connection:
            yield SqlTransaction(connection)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """No network call inside: other writers wait."""
        with self.writing() as connection:
            yield SqlTransaction(connection)

    def close(self) -> None:
        self._engines.close()


_NOT_NOW = {
    sqlite3.SQLITE_BUSY: "another process keeps it locked",
    sqlite3.SQLITE_LOCKED: "another process keeps it locked",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk gave an error",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
}


def _why(failed: OperationalError | TimeoutError) -> str | None:
    """What may pass by itself, in words; None for a fault of ours, such as a missing table."""
    if isinstance(failed, TimeoutError):
        return str(failed)
    if isinstance(failed.orig, sqlite3.Error):
        return _NOT_NOW.get(getattr(failed.orig, "sqlite_errorcode", 0) & 0xFF)
    return "it does not answer"
