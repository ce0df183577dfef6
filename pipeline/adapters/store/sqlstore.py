"""One unit of work at a time: what is written in it is kept as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from .access import SqlAccess
from .engine import open_engines
from .queries import SqlQueries
from .transaction import SqlTransaction


class SqlStore:
    """The store on SQLite or PostgreSQL. `queries` and `access` share its connections."""

    def __init__(self, url: str) -> None:
        self._engines = open_engines(url)
        self.queries = SqlQueries(self)
        self.access = SqlAccess(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction of its own. On SQLite all of it sees the same moment."""
        with self._engines.reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The same for changes: they are kept at the end, and dropped when the block raises."""
        with self._engines.turn, self._engines.writer.begin() as connection:
            yield connection

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
