"""What was asked of chat models, and what did it take? Each question in a short transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, text, tuple_

from ...domain.prose import Step
from ...domain.times import from_text
from ...model_ports import CallPage, KeptCall, Spent
from . import tables
from .model_call_rows import call_of
from .reads import Reads

C = tables.model_calls
P = tables.prose
S = tables.model_spending
_LISTED = [column for column in C.c if column.name not in ("asked", "answer")]


class SqlModelCalls(Reads):
    """What `model_ports.CallQueries` promises."""

    def spent(self, purses: Sequence[str]) -> dict[str, Spent]:
        rows = self._rows(select(S).where(S.c.purse.in_(list(purses))))
        found = {
            row["purse"]: Spent(
                calls=row["calls"],
                tokens=row["tokens"],
                money=row["money"],
                seconds=row["seconds"],
            )
            for row in rows
        }
        return {purse: found.get(purse, Spent()) for purse in purses}

    def answer_to(self, *, step: Step, model: str, prompt: str, material: str) -> KeptCall | None:
        same = (
            select(C)
            .where(
                text(tables.WITH_ANSWER),
                C.c.material == material,
                C.c.prompt == prompt,
                C.c.model == model,
                C.c.step == step.value,
            )
            .order_by(C.c.at.desc(), C.c.id.desc())
            .limit(1)
        )
        return self._one(same)

    def calls(
        self, *, incident: str | None = None, limit: int = 50, after: str | None = None
    ) -> CallPage:
        wanted = select(*_LISTED).order_by(C.c.at.desc(), C.c.id.desc()).limit(limit + 1)
        if incident is not None:
            wanted = wanted.where(C.c.incident_id == incident)
        if after is not None:
            at, _, id_ = after.partition("/")
            wanted = wanted.where(tuple_(C.c.at, C.c.id) < (at, id_))
        rows = self._rows(wanted)
        more = len(rows) > limit
        last = rows[limit - 1] if more else None
        return CallPage(
            calls=tuple(call_of(row) for row in rows[:limit]),
            after=f"{last['at']}/{last['id']}" if last is not None else None,
        )

    def call(self, call_id: str) -> KeptCall | None:
        return self._one(select(C).where(C.c.id == call_id))

    def oldest_text(self) -> datetime | None:
        asked = select(C.c.at).where(text(tables.WITH_TEXT)).order_by(C.c.at).limit(1)
        wrote = select(P.c.due_at.label("at")).where(text(tables.WITH_RESULT))
        found = [*self._rows(asked), *self._rows(wrote.order_by(P.c.due_at).limit(1))]
        return from_text(min(row["at"] for row in found)) if found else None

    def _one(self, wanted: Select[Any]) -> KeptCall | None:
        rows = self._rows(wanted)
        return call_of(rows[0]) if rows else None
