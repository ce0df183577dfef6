"""What was stated, what is to be looked at, and what is proposed to put it right: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from ...domain.correction import Correction, Statement
from ...domain.message import Message
from ...domain.times import from_text, to_text
from . import tables
from .correction_tables import correction_checks, corrections, statements
from .ledger_rows import message_of
from .rows import Rows

S, K, C = statements, correction_checks, corrections
M = tables.messages
_STATED = (
    select(S.c.body)
    .where(S.c.incident_id == bindparam("of"))
    .order_by(S.c.at, S.c.rendition, S.c.attribute)
)
_DUE = (
    select(K)
    .where(K.c.due_at <= bindparam("now"))
    .order_by(K.c.due_at, K.c.incident_id)
    .limit(bindparam("most"))
)
_EARLIEST = select(select(K.c.due_at).order_by(K.c.due_at).limit(1).scalar_subquery())
_NAMED = select(C.c.body).where(C.c.communication_id.in_(bindparam("ids", expanding=True)))
_OF = (
    select(C.c.body)
    .where(C.c.incident_id == bindparam("of"))
    .order_by(C.c.at, C.c.communication_id)
)


class CorrectionRows(Rows):
    """What `correction_ports.CorrectionWork` promises."""

    def save_statements(self, said: Sequence[Statement]) -> None:
        rows = [
            {
                "rendition": one.rendition,
                "attribute": one.attribute,
                "incident_id": one.incident,
                "audience": one.audience,
                "at": to_text(one.at),
                "body": one.model_dump_json(exclude_none=True),
            }
            for one in said
        ]
        self._insert_new(S, rows)

    def statements(self, incident_id: str) -> list[Statement]:
        rows = self._all(_STATED, {"of": incident_id})
        return [Statement.model_validate_json(row["body"]) for row in rows]

    def messages_of_texts(
        self, incidents: Collection[str], renditions: Collection[str]
    ) -> list[Message]:
        if not renditions:
            return []
        carried = M.c.incident_id.in_(list(incidents)), M.c.rendition.in_(list(renditions))
        rows = self._all(select(M).where(*carried).order_by(M.c.created_at, M.c.id))
        return [message_of(row) for row in rows]

    def await_correction_check(self, incident_id: str, at: datetime) -> None:
        row = self._first(select(K.c.due_at).where(K.c.incident_id == incident_id))
        if row is None or row["due_at"] > to_text(at):
            asked = {"incident_id": incident_id, "due_at": to_text(at)}
            self._upsert(K, ["incident_id"], [asked])

    def due_correction_checks(self, now: datetime, limit: int) -> list[tuple[str, datetime]]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [(row["incident_id"], from_text(row["due_at"])) for row in rows]

    def end_correction_check(self, incident_id: str, due_at: datetime) -> bool:
        mine = K.c.incident_id == incident_id, K.c.due_at == to_text(due_at)
        return self._connection.execute(delete(K).where(*mine)).rowcount == 1

    def save_corrections(self, proposed: Sequence[Correction]) -> None:
        rows = [
            {
                "communication_id": one.communication,
                "incident_id": one.incident,
                "at": to_text(one.at),
                "body": one.model_dump_json(exclude_none=True),
            }
            for one in proposed
        ]
        self._insert_new(C, rows)

    def corrections(self, communication_ids: Sequence[str]) -> dict[str, Correction]:
        if not communication_ids:
            return {}
        rows = self._all(_NAMED, {"ids": list(communication_ids)})
        found = [Correction.model_validate_json(row["body"]) for row in rows]
        return {one.communication: one for one in found}

    def corrections_of(self, incident_id: str) -> list[Correction]:
        rows = self._all(_OF, {"of": incident_id})
        return [Correction.model_validate_json(row["body"]) for row in rows]

    def carry_correction(self, old: str, new: str) -> None:
        kept = self.corrections([old]).get(old)
        if kept is not None:
            self.save_corrections([kept.model_copy(update={"communication": new})])

    def _next_correction_check(self) -> str | None:
        return self._earliest(_EARLIEST)
