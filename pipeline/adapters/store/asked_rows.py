"""Mails that somebody asked for on a public page: statements inside a unit of work, the same for each table of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import Select, Table, bindparam, delete, func, select, text, update

from ...domain.portal_reader import ReaderLink
from ...domain.subscription import OptIn
from ...domain.times import to_text
from .asked_tables import DUE
from .rows import Row, Rows, together

T = TypeVar("T", OptIn, ReaderLink)
FAILED = "failed"
"""The state of one that brought no mail."""


def folded(channel: str, address: str) -> str:
    """What makes two addresses one: mail is folded whole, a webhook's path may tell capitals apart."""
    return address.strip().casefold() if channel == "mail" else address


@dataclass(frozen=True)
class Kept(Generic[T]):
    """Where they are kept, and as what they are read; `address_of` is channel and address."""

    table: Table
    model: type[T]
    address_of: Callable[[T], tuple[str, str]]

    @cached_property
    def due(self) -> Select[tuple[str]]:
        t = self.table
        return (
            select(t.c.body)
            .where(text(DUE), t.c.due_at <= bindparam("now"))
            .order_by(t.c.due_at, t.c.id)
            .limit(bindparam("most"))
            .with_for_update(skip_locked=True)
        )

    @cached_property
    def earliest(self) -> Select[tuple[str]]:
        due_at = self.table.c.due_at
        return together(select(due_at).where(text(DUE)).order_by(due_at).limit(1))

    def row(self, one: T) -> Row:
        return {
            "id": one.id,
            "address": folded(*self.address_of(one)),
            "client": one.client,
            "state": one.state,
            "asked_at": to_text(one.asked_at),
            "due_at": to_text(one.due_at),
            "tries": one.tries,
            "body": one.model_dump_json(),
        }


class AskedRows(Rows):
    """For those that own such a table."""

    def _add_asked(self, of: Kept[T], one: T) -> None:
        self._insert_new(of.table, [of.row(one)])

    def _asked(self, of: Kept[T], id_: str) -> T | None:
        row = self._first(select(of.table.c.body).where(of.table.c.id == id_))
        return of.model.model_validate_json(row["body"]) if row else None

    def _asked_since(
        self, of: Kept[T], since: datetime, *, address: str, client: str, mailed: bool = False
    ) -> int:
        t = of.table
        counted = select(func.count().label("n")).where(t.c.asked_at >= to_text(since))
        if address:
            counted = counted.where(t.c.address == folded("mail", address))
        if client:
            counted = counted.where(t.c.client == client)
        if mailed:
            counted = counted.where(t.c.state != FAILED)
        return int(self._all(counted)[0]["n"])

    def _claim_asked(self, of: Kept[T], now: datetime, lease: timedelta, limit: int) -> list[T]:
        rows = self._all(of.due, {"now": to_text(now), "most": limit})
        found = [of.model.model_validate_json(row["body"]) for row in rows]
        claimed = [
            one.model_copy(update={"tries": one.tries + 1, "due_at": now + lease}) for one in found
        ]
        self._upsert(of.table, ["id"], [of.row(one) for one in claimed])
        return claimed

    def _settle_asked(self, of: Kept[T], was: T, state: str, due_at: datetime) -> bool:
        t, now = of.table, was.model_copy(update={"state": state, "due_at": due_at})
        still = t.c.id == was.id, t.c.state == was.state, t.c.tries == was.tries
        settled = update(t).where(*still).values(of.row(now))
        return self._connection.execute(settled).rowcount == 1

    def _forget_asked(self, of: Kept[T], before: datetime) -> int:
        old = delete(of.table).where(of.table.c.asked_at < to_text(before))
        return self._connection.execute(old).rowcount
