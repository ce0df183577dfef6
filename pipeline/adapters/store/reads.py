"""How is one question asked of the database outside a unit of work? In a short transaction of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Executable

from .rows import Found

if TYPE_CHECKING:
    from .sqlstore import SqlStore


class Reads:
    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def _rows(self, statement: Executable) -> list[Found]:
        with self._store.reading() as connection:
            return list(connection.execute(statement).mappings().all())
