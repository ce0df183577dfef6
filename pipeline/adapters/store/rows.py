"""What do all groups of rows share? The connection, and the few statements whose dialects differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from ...domain.times import to_text

Row = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    return None if value is None else to_text(value)


class Rows:
    """A group of statements over one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postgres = connection.dialect.name == "postgresql"

    def _insert_new(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert; rows whose key exists are left as they are."""
        if rows:
            self._connection.execute(self._insert(table).on_conflict_do_nothing(), rows)

    def _upsert(self, table: Table, key: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert, or replace every other column of the row with that key."""
        if not rows:
            return
        statement = self._insert(table)
        changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows
        )

    def _insert(self, table: Table) -> Any:
        return postgresql.insert(table) if self._postgres else sqlite.insert(table)

    def _lock(self, statement: Select[Any]) -> Select[Any]:
        """Take the rows for this transaction and pass over those that another one has taken."""
        return statement.with_for_update(skip_locked=True) if self._postgres else statement

    def _all(self, statement: Select[Any]) -> Sequence[Mapping[str, Any]]:
        return self._connection.execute(statement).mappings().all()

    def _first(self, statement: Select[Any]) -> Mapping[str, Any] | None:
        return self._connection.execute(statement).mappings().first()


def fair_share(limit: int, lanes: int) -> int:
    """How many of a batch each lane may take at first, so that a full lane starves no other."""
    return -(-limit // lanes)
