"""One unit of work at a time: what is read together is consistent, what is written is kept or not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection

from .access import SqlAccess
from .engine import open_engine
from .queries import SqlQueries
from .transaction import SqlTransaction


class SqlStore:
    """The store on SQLite or PostgreSQL. `queries` and `access` share its connections."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        # SQLite has one writer. Threads that queue here are served at once and in turn; left to
        # SQLite they would sleep and poll, which costs milliseconds under load.
        one_writer = self._engine.dialect.name == "sqlite"
        self._writer: threading.Lock | nullcontext[None] = (
            threading.Lock() if one_writer else nullcontext()
        )
        self.queries = SqlQueries(self)
        self.access = SqlAccess(self)

    @contextmanager
    def connection(self, *, writing: bool = False) -> Iterator[Connection]:
        """A connection in a transaction of its own; commits at the end, rolls back when it raises."""
        with self._writer if writing else nullcontext(), self._engine.connect() as plain:
            connection = plain.execution_options(writing=writing)
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[SqlTransaction]:
        with self.connection() as connection:
            yield SqlTransaction(connection)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """No network call inside: other writers wait."""
        with self.connection(writing=True) as connection:
            yield SqlTransaction(connection)

    def close(self) -> None:
        self._engine.dispose()
