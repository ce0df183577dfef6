"""Approvals that wait, and surveys: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, text, update

from ...decision_ports import ApprovalStep
from ...domain.survey import Survey
from ...domain.times import from_text, to_text
from . import decision_tables as tables
from .rows import Found, Row, Rows, moment, on_conflict, together

A = tables.approval_steps
S = tables.surveys
T = tables.survey_turns
_KEY = ["incident_id", "approval", "place"]
_DUE = (
    select(A)
    .where(text(tables.DUE_STEP), A.c.due_at <= bindparam("now"))
    .order_by(A.c.due_at, A.c.incident_id, A.c.approval, A.c.place)
    .limit(bindparam("most"))
)
_EARLIEST = together(select(A.c.due_at).where(text(tables.DUE_STEP)).order_by(A.c.due_at).limit(1))
_ON = select(S).where(S.c.incident_id.in_(bindparam("ids", expanding=True))).order_by(S.c.id)


class DecisionRows(Rows):
    """What `decision_ports.DecisionWork` promises."""

    def set_approval_steps(self, steps: Sequence[ApprovalStep]) -> None:
        self._upsert(A, _KEY, [_step_row(step) for step in steps])

    def end_approval_steps(
        self, incident_id: str, approval: str, places: Sequence[int] | None = None
    ) -> None:
        gone = delete(A).where(A.c.incident_id == incident_id, A.c.approval == approval)
        if places is not None:
            gone = gone.where(A.c.place.in_(list(places)))
        self._connection.execute(gone)

    def due_approval_steps(self, now: datetime, limit: int) -> list[ApprovalStep]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [step_of(row) for row in rows]

    def move_approval_step(self, was: ApprovalStep, now: ApprovalStep) -> bool:
        known = _step_row(was)
        still = [A.c[name] == known[name] for name in (*_KEY, "step", "due_at", "since")]
        moved = update(A).where(*still).values(step=now.step, due_at=moment(now.due_at))
        return self._connection.execute(moved).rowcount == 1

    def offer_survey(self, survey: Survey, since: datetime) -> bool:
        turn = on_conflict(T, self._postgres).values(
            person=survey.person, asked_at=to_text(survey.asked_at)
        )
        # One statement: whoever comes second at the same moment finds the turn taken.
        taken = turn.on_conflict_do_update(
            index_elements=["person"],
            set_={"asked_at": turn.excluded.asked_at},
            where=T.c.asked_at <= to_text(since),
        ).returning(T.c.person)
        if self._connection.execute(taken).first() is None:
            return False
        new = on_conflict(S, self._postgres).values(_survey_row(survey))
        kept = new.on_conflict_do_nothing().returning(S.c.id)
        return self._connection.execute(kept).first() is not None

    def survey(self, survey_id: str) -> Survey | None:
        row = self._first(select(S).where(S.c.id == survey_id))
        return survey_of(row) if row else None

    def surveys_on(self, incident_ids: Sequence[str]) -> list[Survey]:
        rows = self._all(_ON, {"ids": list(incident_ids)}) if incident_ids else []
        return [survey_of(row) for row in rows]

    def move_survey(self, was: Survey, now: Survey) -> bool:
        same = S.c.id == was.id, S.c.revision == was.revision
        values = {k: v for k, v in _survey_row(now).items() if k != "id"}
        return self._connection.execute(update(S).where(*same).values(values)).rowcount == 1

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


def survey_of(row: Found) -> Survey:
    names = ("id", "round", "person", "service", "score", "comment", "revision")
    moments = ("asked_at", "expires_at", "answered_at")
    return Survey(
        **{name: row[name] for name in names},
        **{name: from_text(row[name]) if row[name] else None for name in moments},
        incident=row["incident_id"],
        group=row["support_group"],
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


def _survey_row(survey: Survey) -> Row:
    return {
        "id": survey.id,
        "incident_id": survey.incident,
        "round": survey.round,
        "person": survey.person,
        "asked_at": to_text(survey.asked_at),
        "expires_at": to_text(survey.expires_at),
        "support_group": survey.group,
        "service": survey.service,
        "score": survey.score,
        "comment": survey.comment,
        "answered_at": moment(survey.answered_at),
        "revision": survey.revision,
    }
