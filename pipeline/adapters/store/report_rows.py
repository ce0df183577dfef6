"""Post-incident reports: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select, text, update

from ...domain.directory import Language
from ...domain.message import Outcome
from ...domain.promise import Promise
from ...domain.report import Action, Edition, Report, Section, SectionText, Told
from ...domain.times import from_text, to_text
from . import report_tables as tables
from .rows import Row, Rows, on_conflict, together
from .tables import attempts, communications, message_contents, promises

R, T, A = tables.reports, tables.report_texts, tables.report_actions
_DUE = (
    select(A.c.body)
    .where(text(tables.OPEN_ACTION), A.c.due_at <= bindparam("now"))
    .order_by(A.c.due_at)
    .limit(bindparam("most"))
)
_EARLIEST = together(
    select(A.c.due_at).where(text(tables.OPEN_ACTION)).order_by(A.c.due_at).limit(1)
)
_TOLD = (
    select(
        communications.c.id,
        communications.c.kind,
        communications.c.audience,
        func.count().label("people"),
        func.min(attempts.c.finished_at).label("at"),
    )
    .join(message_contents, message_contents.c.communication_id == communications.c.id)
    .join(attempts, attempts.c.message_id == message_contents.c.message_id)
    .where(
        communications.c.incident_id == bindparam("of"),
        attempts.c.outcome == Outcome.DELIVERED.value,
    )
    .group_by(communications.c.id, communications.c.kind, communications.c.audience)
)


class ReportRows(Rows):
    """What `report_ports.ReportWork` promises."""

    def add_report(self, report: Report) -> bool:
        new = on_conflict(R, self._postgres).values(_report_row(report)).on_conflict_do_nothing()
        return self._connection.execute(new.returning(R.c.incident_id)).first() is not None

    def report(self, incident_id: str) -> Report | None:
        row = self._first(select(R.c.body).where(R.c.incident_id == incident_id))
        return Report.model_validate_json(row["body"]) if row else None

    def reports(self, limit: int = 100) -> list[Report]:
        rows = self._all(select(R.c.body).order_by(R.c.made_at.desc()).limit(limit))
        return [Report.model_validate_json(row["body"]) for row in rows]

    def move_report(self, was: Report, now: Report) -> bool:
        same = and_(R.c.incident_id == was.incident, R.c.revision == was.revision)
        moved = self._connection.execute(update(R).where(same).values(_report_row(now)))
        return moved.rowcount == 1

    def add_section_text(self, text: SectionText) -> bool:
        row = {
            "incident_id": text.incident,
            "edition": text.edition.value,
            "section": text.section.value,
            "language": text.language,
            "revision": text.revision,
            "body": text.model_dump_json(),
        }
        new = on_conflict(T, self._postgres).values(row).on_conflict_do_nothing()
        return self._connection.execute(new.returning(T.c.revision)).first() is not None

    def section_texts(self, incident_id: str) -> list[SectionText]:
        key = (T.c.edition, T.c.section, T.c.language)
        newest = (
            select(*key, func.max(T.c.revision).label("revision"))
            .where(T.c.incident_id == incident_id)
            .group_by(*key)
            .subquery()
        )
        same = and_(
            T.c.incident_id == incident_id,
            T.c.revision == newest.c.revision,
            *(column == newest.c[column.name] for column in key),
        )
        rows = self._all(select(T.c.body).join(newest, same).order_by(*key))
        return [SectionText.model_validate_json(row["body"]) for row in rows]

    def section_history(
        self, incident_id: str, edition: Edition, section: Section, language: Language
    ) -> list[SectionText]:
        of_it = select(T.c.body).where(
            T.c.incident_id == incident_id,
            T.c.edition == edition.value,
            T.c.section == section.value,
            T.c.language == language,
        )
        rows = self._all(of_it.order_by(T.c.revision.desc()))
        return [SectionText.model_validate_json(row["body"]) for row in rows]

    def add_action(self, action: Action, due_at: datetime) -> None:
        self._connection.execute(A.insert(), [_action_row(action, due_at)])

    def actions(self, incident_id: str) -> list[Action]:
        rows = self._all(
            select(A.c.body).where(A.c.incident_id == incident_id).order_by(A.c.due_at, A.c.id)
        )
        return [Action.model_validate_json(row["body"]) for row in rows]

    def actions_by_id(self, ids: Sequence[str]) -> dict[str, Action]:
        found = [Action.model_validate_json(row["body"]) for row in self._by_id(A, ids)]
        return {action.id: action for action in found}

    def open_actions(self, limit: int = 200) -> list[Action]:
        wanted = select(A.c.body).where(text(tables.OPEN_ACTION)).order_by(A.c.due_at)
        return [Action.model_validate_json(row["body"]) for row in self._all(wanted.limit(limit))]

    def move_action(self, was: Action, now: Action, due_at: datetime) -> bool:
        same = and_(A.c.id == was.id, A.c.revision == was.revision)
        moved = self._connection.execute(update(A).where(same).values(_action_row(now, due_at)))
        return moved.rowcount == 1

    def due_actions(self, now: datetime, limit: int) -> Sequence[Action]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [Action.model_validate_json(row["body"]) for row in rows]

    def told(self, incident_id: str) -> list[Told]:
        found = [
            Told(
                at=from_text(row["at"]),
                kind=row["kind"],
                audience=row["audience"],
                people=row["people"],
                communication=row["id"],
            )
            for row in self._all(_TOLD, {"of": incident_id})
        ]
        return sorted(found, key=lambda one: (one.at, one.communication))

    def promises_of(self, incident_id: str) -> list[Promise]:
        of_it = select(promises.c.body).where(promises.c.incident_id == incident_id)
        rows = self._all(of_it.order_by(promises.c.due_at, promises.c.id))
        return [Promise.model_validate_json(row["body"]) for row in rows]

    def _next_action(self) -> str | None:
        return self._earliest(_EARLIEST)


def _report_row(report: Report) -> Row:
    return {
        "incident_id": report.incident,
        "state": report.state.value,
        "revision": report.revision,
        "made_at": to_text(report.made_at),
        "body": report.model_dump_json(),
    }


def _action_row(action: Action, due_at: datetime) -> Row:
    return {
        "id": action.id,
        "incident_id": action.incident,
        "state": action.state.value,
        "due_at": to_text(due_at),
        "revision": action.revision,
        "body": action.model_dump_json(),
    }
