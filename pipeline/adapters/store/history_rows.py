"""The past that was brought in: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, text, update

from ...domain.history import HistoryImport, PastTicket
from ...domain.times import to_text
from ...history_ports import HISTORY
from . import history_tables as tables
from .rows import Row, Rows, as_kept

P, I, C = tables.past_tickets, tables.imports, tables.comparing  # noqa: E741
_NAMED = select(P.c.id, P.c.body).where(P.c.id.in_(bindparam("ids", expanding=True)))
_DUE = (
    select(I.c.body)
    .where(text(tables.RUNNING), I.c.due_at <= bindparam("now"))
    .order_by(I.c.due_at, I.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_RUNNING = select(I.c.body).where(text(tables.RUNNING)).order_by(I.c.id).with_for_update()
_EARLIEST = select(
    select(I.c.due_at).where(text(tables.RUNNING)).order_by(I.c.due_at).limit(1).scalar_subquery()
)
_TO_COMPARE = select(select(C.c.at).order_by(C.c.at, C.c.id).limit(1).scalar_subquery())


class HistoryRows(Rows):
    """What `history_ports.HistoryWork` promises."""

    def past_tickets(self, ids: Collection[str]) -> dict[str, PastTicket]:
        if not ids:
            return {}
        found = self._connection.execute(_NAMED, {"ids": list(ids)})
        return {row[0]: PastTicket.model_validate_json(row[1]) for row in found}

    def keep_past(self, tickets: Sequence[PastTicket]) -> None:
        rows = [{"id": one.id, "body": one.model_dump_json()} for one in tickets]
        self._upsert(P, ["id"], rows)

    def past_naming(self, words: Collection[str]) -> list[str]:
        if not words:
            return []
        forms = (form for word in words for form in as_kept(word))
        holds = or_(*(P.c.body.contains(form, autoescape=True) for form in forms))
        return [row["id"] for row in self._all(select(P.c.id).where(holds).order_by(P.c.id))]

    def add_import(self, new: HistoryImport) -> None:
        self._insert_new(I, [_row(new, new.at) | {"at": to_text(new.at)}])

    def history_import(self, import_id: str) -> HistoryImport | None:
        found = self._first(select(I.c.body).where(I.c.id == import_id))
        return HistoryImport.model_validate_json(found["body"]) if found else None

    def history_imports(self, limit: int = 100) -> list[HistoryImport]:
        latest = select(I.c.body).order_by(I.c.at.desc(), I.c.id.desc()).limit(limit)
        return [HistoryImport.model_validate_json(row["body"]) for row in self._all(latest)]

    def claim_import(self, now: datetime, lease: timedelta) -> HistoryImport | None:
        found = self._first(_DUE, {"now": to_text(now)})
        if found is None:
            return None
        claimed = HistoryImport.model_validate_json(found["body"])
        leased = update(I).where(I.c.id == claimed.id).values(due_at=to_text(now + lease))
        self._connection.execute(leased)
        return claimed

    def hold_import(self, was: HistoryImport) -> bool:
        kept = self._first(select(I.c.body).where(I.c.id == was.id).with_for_update())
        return kept is not None and HistoryImport.model_validate_json(kept["body"]) == was

    def hold_imports(self) -> None:
        self._all(_RUNNING)

    def erase_from_imports(self, words: Mapping[str, str]) -> None:
        for row in self._all(_RUNNING):
            was = HistoryImport.model_validate_json(row["body"])
            told = was.model_copy(update={"erased": {**was.erased, **words}})
            erasing = update(I).where(I.c.id == was.id).values(body=told.model_dump_json())
            self._connection.execute(erasing)

    def move_import(self, was: HistoryImport, now: HistoryImport, due_at: datetime) -> bool:
        kept = self._first(select(I.c.body).where(I.c.id == was.id))
        if kept is None or HistoryImport.model_validate_json(kept["body"]) != was:
            return False
        # What an earlier release wrote is another text of the same import.
        same = I.c.id == was.id, I.c.body == kept["body"]
        moved = update(I).where(*same).values(_row(now, due_at))
        return self._connection.execute(moved).rowcount == 1

    def await_comparing(self, tickets: Sequence[PastTicket]) -> None:
        self._insert_new(C, [{"at": to_text(one.opened_at), "id": one.id} for one in tickets])

    def to_compare(self, limit: int) -> list[str]:
        earliest = select(C.c.id).order_by(C.c.at, C.c.id).limit(limit)
        return [row["id"] for row in self._all(earliest)]

    def settle_comparing(self, ids: Collection[str]) -> list[str]:
        settled = delete(C).where(C.c.id.in_(list(ids))).returning(C.c.id)
        return [row[0] for row in self._connection.execute(settled)]

    def left_to_compare(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(C)).scalar_one())

    def _next_of_past(self, queue: str) -> str | None:
        return self._earliest(_EARLIEST if queue == HISTORY else _TO_COMPARE)

    def _end_history_leases(self, now: datetime) -> None:
        leased = text(tables.RUNNING), I.c.due_at > to_text(now)
        self._connection.execute(update(I).where(*leased).values(due_at=to_text(now)))


def _row(one: HistoryImport, due_at: datetime) -> Row:
    return {
        "id": one.id,
        "state": one.state,
        "due_at": to_text(due_at),
        "body": one.model_dump_json(),
    }
