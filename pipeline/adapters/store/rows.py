"""What do all groups of rows share? The connection, and the few statements whose dialects differ."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from markupsafe import escape
from sqlalchemy import Connection, Executable, Select, Table, bindparam, select
from sqlalchemy.dialects import sqlite

from ...domain.times import to_text

Row = dict[str, Any]
Found = Mapping[Any, Any]
"""A row as it was read: column → value."""


def moment(value: datetime | None) -> str | None:
    return None if value is None else to_text(value)


def quoted(said: str) -> str:
    """As JSON writes it."""
    return json.dumps(said, ensure_ascii=False)


def as_kept(said: str) -> tuple[str, ...]:
    """As a column of its own holds it and, where that differs, as it stands within JSON, and in a page within
    JSON: whoever looks for `CORP\\vera` or `O'Neil` alone finds neither in a body."""
    pages = html.escape(said), str(escape(said))
    return tuple(dict.fromkeys((said, *(quoted(form)[1:-1] for form in (said, *pages)))))


class Rows:
    """A group of statements over one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postgres = connection.dialect.name == "postgresql"

    def _insert_new(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert; rows whose key exists are left as they are."""
        if rows:
            self._connection.execute(_inserting_new(table, self._postgres), rows)

    def _upsert(self, table: Table, key: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert, or replace every other column of the row with that key."""
        if rows:
            statement = _replacing(table, tuple(key), tuple(rows[0]), self._postgres)
            self._connection.execute(statement, rows)

    def _by_id(self, table: Table, ids: Sequence[str]) -> Sequence[Found]:
        """Rows by their `id`, in that order."""
        return self._all(_naming(table), {"ids": list(ids)}) if ids else []

    def _all(self, statement: Executable, values: Row | None = None) -> Sequence[Found]:
        return self._connection.execute(statement, values).mappings().all()

    def _first(self, statement: Executable, values: Row | None = None) -> Found | None:
        return self._connection.execute(statement, values).mappings().first()

    def _earliest(self, looks: Executable, values: Row | None = None) -> str | None:
        """The least instant of those that `looks` found (see `together`)."""
        found = self._connection.execute(looks, values).one()
        return min((at for at in found if at), default=None)

    def _due(self, looks: Executable, at: str, values: Row | None = None) -> list[bool]:
        """Of each instant that `looks` asks for, whether it has come."""
        found = self._connection.execute(looks, values).one()
        return [look is not None and look <= at for look in found]


# Statements are built once: building one costs more than running it.
@lru_cache(maxsize=64)
def _inserting_new(table: Table, postgres: bool) -> Any:
    return on_conflict(table, postgres).on_conflict_do_nothing()


@lru_cache(maxsize=64)
def _replacing(table: Table, key: tuple[str, ...], columns: tuple[str, ...], postgres: bool) -> Any:
    statement = on_conflict(table, postgres)
    changed = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)


@lru_cache(maxsize=64)
def _naming(table: Table) -> Any:
    wanted = table.c.id.in_(bindparam("ids", expanding=True))
    return select(table).where(wanted).order_by(table.c.id)


def on_conflict(table: Table, postgres: bool) -> Any:
    """An insert that may say what to do about a key that exists."""
    if not postgres:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # .1 s, which SQLite's start need not pay

    return postgresql.insert(table)


def together(*looks: Select[Any]) -> Select[Any]:
    """Several looks for one value each as one statement: one step into an index for each."""
    return select(*(look.scalar_subquery() for look in looks))


def fairly(lanes: Sequence[Sequence[Found]], limit: int) -> list[Found]:
    """A batch of which each lane that has rows may take an equal part, so that a full lane starves no
    other; what is left over goes to the rows that have been due for longest."""
    busy = [rows for rows in lanes if rows]
    if not busy:
        return []
    share = -(-limit // len(busy))
    first = [row for rows in busy for row in rows[:share]]
    rest = sorted((row for rows in busy for row in rows[share:]), key=lambda row: row["due_at"])
    return (first + rest)[:limit]
