"""Approvals that wait: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, text, update

from ...decision_ports import ApprovalStep
from ...domain.times import from_text, to_text
from . import decision_tables as tables
from .rows import Found, Row, Rows, moment, together

A = tables.approval_steps
_KEY = ["incident_id", "approval", "place"]
_DUE = (
    select(A)
    .where(text(tables.DUE_STEP), A.c.due_at <= bindparam("now"))
    .order_by(A.c.due_at, A.c.incident_id, A.c.approval, A.c.place)
    .limit(bindparam("most"))
)
_EARLIEST = together(select(A.c.due_at).where(text(tables.DUE_STEP)).order_by(A.c.due_at).limit(1))


class DecisionRows(Rows):
    """What `decision_ports.DecisionWork` promises of approvals."""

    def set_approval_steps(self, steps: Sequence[ApprovalStep]) -> None:
        self._upsert(A, _KEY, [_step_row(step) for step in steps])

    def end_approval_steps(
        self, incident_id: str, approval: str, places: Sequence[int] | None = None
    ) -> None:
        gone = delete(A).where(A.c.incident_id == incident_id, A.c.approval == approval)
        if places is not None:
            gone = gone.where(A.c.place.in_(list(places)))
        self._connection.execute(gone)

    def approval_steps(self, incident_id: str) -> list[ApprovalStep]:
        rows = self._all(select(A).where(A.c.incident_id == incident_id))
        return [step_of(row) for row in rows]

    def due_approval_steps(self, now: datetime, limit: int) -> list[ApprovalStep]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [step_of(row) for row in rows]

    def move_approval_step(self, was: ApprovalStep, now: ApprovalStep) -> bool:
        known = _step_row(was)
        still = [A.c[name] == known[name] for name in (*_KEY, "step", "due_at", "since")]
        moved = update(A).where(*still).values(step=now.step, due_at=moment(now.due_at))
        return self._connection.execute(moved).rowcount == 1

    def _next_approval_step(self) -> str | None:
        return self._earliest(_EARLIEST)


def step_of(row: Found) -> ApprovalStep:
    return ApprovalStep(
        incident=row["incident_id"],
        approval=row["approval"],
        place=row["place"],
        step=row["step"],
        due_at=from_text(row["due_at"]) if row["due_at"] else None,
        since=from_text(row["since"]),
    )


def _step_row(step: ApprovalStep) -> Row:
    return {
        "incident_id": step.incident,
        "approval": step.approval,
        "place": step.place,
        "step": step.step,
        "due_at": moment(step.due_at),
        "since": to_text(step.since),
    }
