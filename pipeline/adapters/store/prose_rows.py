"""The parts of messages that chat models are asked for: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, text, update

from ...domain.passage import Passage
from ...domain.times import to_text
from . import tables
from .rows import Rows

P = tables.prose
_DUE = (
    select(P.c.communication_id, P.c.tries)
    .where(text(tables.DUE_PROSE), P.c.due_at <= bindparam("now"))
    .order_by(P.c.due_at, P.c.communication_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST = select(
    select(P.c.due_at).where(text(tables.DUE_PROSE)).order_by(P.c.due_at).limit(1).scalar_subquery()
)
_OF = select(P.c.communication_id, P.c.result).where(
    P.c.communication_id.in_(bindparam("of", expanding=True)), P.c.result.is_not(None)
)


class ProseRows(Rows):
    """What `prose_ports.ProseWork` promises."""

    def await_prose(self, communication_id: str, at: datetime) -> None:
        row = {
            "communication_id": communication_id,
            "state": "due",
            "due_at": to_text(at),
            "tries": 0,
            "result": None,
        }
        self._insert_new(P, [row])

    def claim_prose(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, int]]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        if rows:
            claimed = update(P).where(P.c.communication_id == bindparam("of"))
            leased = claimed.values(due_at=to_text(now + lease), tries=P.c.tries + 1)
            self._connection.execute(leased, [{"of": row["communication_id"]} for row in rows])
        return [(row["communication_id"], row["tries"] + 1) for row in rows]

    def settle_prose(self, communication_id: str, tries: int, passage: Passage) -> bool:
        # A try is counted with each claim, which makes it the mark of whose lease this is.
        mine = P.c.communication_id == communication_id, text(tables.DUE_PROSE), P.c.tries == tries
        values = {"state": "done", "result": passage.model_dump_json()}
        return self._connection.execute(update(P).where(*mine).values(values)).rowcount == 1

    def passages(self, communication_ids: Sequence[str]) -> dict[str, Passage]:
        rows = self._all(_OF, {"of": list(communication_ids)}) if communication_ids else []
        return {row["communication_id"]: Passage.model_validate_json(row["result"]) for row in rows}

    def _end_prose_leases(self, now: datetime) -> None:
        leased = text(tables.DUE_PROSE), P.c.tries > 0, P.c.due_at > to_text(now)
        self._connection.execute(update(P).where(*leased).values(due_at=to_text(now)))

    def _next_prose(self) -> str | None:
        return self._earliest(_EARLIEST)
