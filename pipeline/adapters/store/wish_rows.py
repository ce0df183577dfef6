"""What people wish to hear of, and when: statements inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from ...domain.times import to_text
from ...domain.wishes import Muting, Wishes
from . import oncall_tables as tables
from .rows import Row, Rows

M, W = tables.mutings, tables.wishes
GROUPS = "group:%"


class WishRows(Rows):
    """What `wish_ports.WishWork` promises."""

    def wishes(self, people: Sequence[str]) -> dict[str, Wishes]:
        if not people:
            return {}
        rows = self._all(select(W.c.body).where(W.c.person.in_(list(people))))
        found = [Wishes.model_validate_json(row["body"]) for row in rows]
        return {one.person: one for one in found}

    def save_wishes(self, wishes: Wishes) -> None:
        row: Row = {"person": wishes.person, "body": wishes.model_dump_json()}
        self._upsert(W, ["person"], [row])

    def save_muting(self, muting: Muting) -> None:
        reader, about = muting.keys
        row: Row = {"reader": reader, "about": about, "until": to_text(muting.until)}
        self._upsert(M, ["reader", "about"], [row | {"body": muting.model_dump_json()}])

    def end_muting(self, reader: str, about: str) -> bool:
        one = delete(M).where(M.c.reader == reader, M.c.about == about)
        return self._connection.execute(one).rowcount == 1

    def mutings(self, people: Sequence[str] | None, now: datetime) -> list[Muting]:
        lasting = select(M.c.body).where(M.c.until > to_text(now))
        if people is not None:
            readers = [f"person:{one}" for one in people]
            lasting = lasting.where(or_(M.c.reader.in_(readers), M.c.reader.like(GROUPS)))
        rows = self._all(lasting.order_by(M.c.until, M.c.reader, M.c.about))
        return [Muting.model_validate_json(row["body"]) for row in rows]
