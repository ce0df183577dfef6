"""Conversations and summaries: rows inside a unit of work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, delete, literal, select, tuple_, update

from ...domain.conversation import KeptConversation
from ...domain.summary import Summary
from ...domain.times import to_text
from . import tables
from .rows import Row, Rows, on_conflict

C = tables.conversations
S = tables.summaries


class SummaryRows(Rows):
    """What `summary_ports.SummaryWork` promises."""

    def add_conversation(self, kept: KeptConversation, files: bytes, lines: bytes) -> bool:
        row = {
            "id": kept.id,
            "incident_id": kept.incident,
            "digest": kept.digest,
            "added_at": to_text(kept.added_at),
            "body": kept.model_dump_json(),
            "files": files,
            "lines": lines,
        }
        new = on_conflict(C, self._postgres).values(row).on_conflict_do_nothing()
        # The driver of PostgreSQL counts no rows of an insert: what came back is what went in.
        return self._connection.execute(new.returning(C.c.id)).first() is not None

    def conversations(self, incident_id: str) -> list[KeptConversation]:
        # Never the blobs: a list of ten logs would be a hundred megabytes.
        of_it = select(C.c.body).where(C.c.incident_id == incident_id)
        rows = self._all(of_it.order_by(C.c.added_at, C.c.id))
        return [KeptConversation.model_validate_json(row["body"]) for row in rows]

    def conversation(self, conversation_id: str) -> KeptConversation | None:
        row = self._first(select(C.c.body).where(C.c.id == conversation_id))
        return KeptConversation.model_validate_json(row["body"]) if row else None

    def conversation_lines(self, conversation_id: str) -> bytes | None:
        return self._blob(C.c.lines, conversation_id)

    def conversation_files(self, conversation_id: str) -> bytes | None:
        return self._blob(C.c.files, conversation_id)

    def delete_conversation(self, conversation_id: str) -> bool:
        gone = self._connection.execute(delete(C).where(C.c.id == conversation_id))
        return gone.rowcount == 1

    def add_summary(self, summary: Summary) -> None:
        self._connection.execute(S.insert(), [_row(summary)])

    def summary(self, summary_id: str) -> Summary | None:
        row = self._first(select(S.c.body).where(S.c.id == summary_id))
        return Summary.model_validate_json(row["body"]) if row else None

    def summaries(
        self, incident_id: str, limit: int = 50, *, older_than: Summary | None = None
    ) -> list[Summary]:
        of_it = select(S.c.body).where(S.c.incident_id == incident_id)
        if older_than is not None:
            last = tuple_(literal(to_text(older_than.made_at)), literal(older_than.id))
            of_it = of_it.where(tuple_(S.c.made_at, S.c.id) < last)
        rows = self._all(of_it.order_by(S.c.made_at.desc(), S.c.id.desc()).limit(limit))
        return [Summary.model_validate_json(row["body"]) for row in rows]

    def move_summary(self, was: Summary, now: Summary) -> bool:
        # Compared as a whole, and not by its revision: a name that was erased changes a row without one.
        row = self._first(select(S.c.body).where(S.c.id == was.id).with_for_update())
        if row is None or not _is_same(Summary.model_validate_json(row["body"]), was):
            return False
        self._connection.execute(update(S).where(S.c.id == was.id).values(_row(now)))
        return True

    def _blob(self, column: Column[Any], conversation_id: str) -> bytes | None:
        row = self._first(select(column).where(C.c.id == conversation_id))
        return bytes(row[column.name]) if row else None


def _is_same(kept: Summary, seen: Summary) -> bool:
    """As they would be kept, but for what a look at it found (`held`): that is kept without a new revision."""
    return kept.model_dump_json(exclude={"held"}) == seen.model_dump_json(exclude={"held"})


def _row(summary: Summary) -> Row:
    return {
        "id": summary.id,
        "incident_id": summary.incident,
        "audience": summary.audience,
        "state": summary.state.value,
        "revision": summary.revision,
        "made_at": to_text(summary.made_at),
        "body": summary.model_dump_json(),
    }
