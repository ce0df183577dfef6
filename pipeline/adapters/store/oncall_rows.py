"""On-call calendars and their shifts: statements inside a unit of work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from ...domain.rota import Rota, Shift
from ...domain.times import to_text
from ...oncall_ports import Reading
from . import oncall_tables as tables
from .rows import Row, Rows, together

R, S = tables.rotas, tables.shifts
_BODY = select(R.c.body).where(R.c.id == bindparam("of"))
_CONTENT = select(R.c.content).where(R.c.id == bindparam("of"))
_DUE = (
    select(R.c.body)
    .where(R.c.due_at <= bindparam("now"))
    .order_by(R.c.due_at, R.c.id)
    .limit(bindparam("most"))
)
_LASTING = (
    select(S.c.body)
    .where(S.c.rota == bindparam("of"), S.c.ends_at > bindparam("since"))
    .where(S.c.starts_at <= bindparam("until"))
    .order_by(S.c.starts_at, S.c.n)
)
_EARLIEST = together(select(R.c.due_at).order_by(R.c.due_at).limit(1))


class OnCallRows(Rows):
    """What `oncall_ports.OnCallWork` promises."""

    def rota(self, rota_id: str) -> Rota | None:
        row = self._first(_BODY, {"of": rota_id})
        return Rota.model_validate_json(row["body"]) if row else None

    def rotas(self) -> list[Rota]:
        rows = self._all(select(R.c.body).order_by(R.c.id))
        return [Rota.model_validate_json(row["body"]) for row in rows]

    def rota_content(self, rota_id: str) -> str | None:
        row = self._first(_CONTENT, {"of": rota_id})
        return row["content"] if row else None

    def due_rotas(self, now: datetime, limit: int) -> list[Rota]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [Rota.model_validate_json(row["body"]) for row in rows]

    def keep_reading(self, before: Rota | None, reading: Reading) -> bool:
        if not self._placed(before, _row(reading)):
            return False
        if reading.shifts is not None:
            self._connection.execute(delete(S).where(S.c.rota == reading.rota.id))
            rows = [_shift_row(reading.rota.id, n, s) for n, s in enumerate(reading.shifts)]
            if rows:
                self._connection.execute(insert(S), rows)
        return True

    def _placed(self, before: Rota | None, row: Row) -> bool:
        if before is None:
            if self.rota(row["id"]) is not None:
                return False
            self._insert_new(R, [row])
            return True
        still = R.c.id == before.id, R.c.revision == before.revision
        return self._connection.execute(update(R).where(*still).values(row)).rowcount == 1

    def remove_rota(self, rota_id: str) -> bool:
        self._connection.execute(delete(S).where(S.c.rota == rota_id))
        return self._connection.execute(delete(R).where(R.c.id == rota_id)).rowcount == 1

    def shifts_at(self, rota_id: str, moment: datetime) -> list[Shift]:
        return self.shifts_between(rota_id, moment, moment)

    def shifts_between(self, rota_id: str, since: datetime, until: datetime) -> list[Shift]:
        values = {"of": rota_id, "since": to_text(since), "until": to_text(until)}
        return [Shift.model_validate_json(row["body"]) for row in self._all(_LASTING, values)]

    def _next_rota(self) -> str | None:
        return self._earliest(_EARLIEST)


def _row(reading: Reading) -> Row:
    rota = reading.rota
    row: Row = {
        "id": rota.id,
        "revision": rota.revision,
        "due_at": to_text(rota.due_at),
        "body": rota.model_dump_json(),
    }
    return row if reading.content is None else row | {"content": reading.content}


def _shift_row(rota_id: str, n: int, shift: Shift) -> Row:
    return {
        "rota": rota_id,
        "n": n,
        "starts_at": to_text(shift.starts_at),
        "ends_at": to_text(shift.ends_at),
        "body": shift.model_dump_json(exclude_none=True),
    }
