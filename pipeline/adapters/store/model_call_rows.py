"""What is kept of a call to a chat model, and what it took: rows inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update

from ...domain.prose import Step
from ...domain.times import from_text, to_text
from ...model_ports import KeptCall, Spent, Turn
from . import tables
from .rows import Found, Row, Rows, on_conflict

C = tables.model_calls
S = tables.model_spending

_ADDED = ("calls", "tokens", "money", "seconds")
_OLD_TEXTS = (
    select(C.c.id)
    .where(text(tables.WITH_TEXT), C.c.at < bindparam("before"))
    .order_by(C.c.at)
    .limit(bindparam("most"))
)


class ModelCallRows(Rows):
    """What `model_ports.CallWork` promises."""

    def keep_call(self, call: KeptCall, spent: Spent, purses: Sequence[str]) -> None:
        self._connection.execute(insert(C), [_row(call)])
        paid = {
            "calls": spent.calls,
            "tokens": spent.tokens,
            "money": spent.money,
            "seconds": spent.seconds,
            "updated_at": to_text(call.at),
        }
        # In order, so that of two who pay into the same purses neither waits for the other for ever.
        rows = [{"purse": purse, **paid} for purse in sorted(set(purses))]
        if rows:
            self._connection.execute(_paying(self._postgres), rows)

    def forget_call_texts(self, before: datetime, most: int) -> int:
        told = {"before": to_text(before), "most": most}
        ids = [row["id"] for row in self._all(_OLD_TEXTS, told)]
        if ids:
            gone = update(C).where(C.c.id.in_(ids)).values(asked=None, answer=None)
            self._connection.execute(gone)
        self._connection.execute(delete(S).where(S.c.updated_at < to_text(before)))
        return len(ids)


@lru_cache(maxsize=2)
def _paying(postgres: bool) -> Any:
    """Added to in one statement: of two that are paid at the same moment both count."""
    new = on_conflict(S, postgres)
    added = {name: S.c[name] + new.excluded[name] for name in _ADDED}
    latest = {"updated_at": new.excluded.updated_at}
    return new.on_conflict_do_update(index_elements=["purse"], set_={**added, **latest})


def call_of(row: Found) -> KeptCall:
    asked = row.get("asked")
    turns = None if asked is None else tuple(Turn(**turn) for turn in json.loads(asked))
    return KeptCall(
        id=row["id"],
        at=from_text(row["at"]),
        step=Step(row["step"]),
        model=row["model"],
        purpose=row["purpose"],
        of=row["text_id"],
        incident=row["incident_id"],
        audience=row["audience"],
        prompt=row["prompt"],
        material=row["material"],
        tokens_in=row["tokens_in"],
        tokens_out=row["tokens_out"],
        money=row["money"],
        seconds=row["seconds"],
        asked=turns,
        answer=row.get("answer"),
        failed=row["failed"],
        repeated=row["repeated"],
    )


def _row(call: KeptCall) -> Row:
    turns = call.asked
    asked = (
        None
        if turns is None
        else json.dumps(
            [{"speaker": turn.speaker, "text": _storable(turn.text)} for turn in turns],
            ensure_ascii=False,
        )
    )
    return {
        "id": call.id,
        "at": to_text(call.at),
        "step": call.step.value,
        "model": call.model,
        "purpose": call.purpose,
        "text_id": call.of,
        "incident_id": call.incident,
        "audience": call.audience,
        "prompt": call.prompt,
        "material": call.material,
        "tokens_in": call.tokens_in,
        "tokens_out": call.tokens_out,
        "money": call.money,
        "seconds": call.seconds,
        "failed": call.failed,
        "repeated": call.repeated,
        "asked": asked,
        "answer": None if call.answer is None else _storable(call.answer),
    }


def _storable(said: str) -> str:
    """A model may say anything: no database takes half a character, and PostgreSQL no zero either."""
    return said.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
