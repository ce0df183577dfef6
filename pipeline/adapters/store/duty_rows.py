"""What must be watched: promises, alerts to be confirmed, requests to a desk, alarms, and the packs that
were activated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, text, update

from ...domain.promise import Promise, PromiseState
from ...domain.request import Request, RequestState
from ...domain.times import from_text, to_text
from ...ports import Alarm, PackKind
from . import tables
from .rows import Found, Row, Rows, together

P = tables.promises
R = tables.requests
L = tables.alarms
F = tables.confirmations

_DUE = (
    select(P.c.body)
    .where(text(tables.OPEN_PROMISE), P.c.due_at <= bindparam("now"))
    .order_by(P.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_IN_STATE = (
    select(P.c.body)
    .where(P.c.incident_id.in_(bindparam("of", expanding=True)), P.c.state == bindparam("state"))
    .order_by(P.c.due_at, P.c.id)
)
_ONE = select(P.c.body).where(P.c.id == bindparam("of"))
_EARLIEST = together(
    select(P.c.due_at).where(text(tables.OPEN_PROMISE)).order_by(P.c.due_at).limit(1)
)
_UNCONFIRMED = (
    select(F.c.incident_id)
    .where(F.c.due_at <= bindparam("now"))
    .order_by(F.c.due_at)
    .limit(bindparam("most"))
)
_WAITING = select(F.c.due_at).where(F.c.incident_id == bindparam("of"))
_CONFIRMED = delete(F).where(F.c.incident_id == bindparam("of"))
_EARLIEST_CONFIRMATION = together(select(F.c.due_at).order_by(F.c.due_at).limit(1))


class DutyRows(Rows):
    def add_promises(self, promises: Sequence[Promise]) -> None:
        if promises:
            self._connection.execute(insert(P), [_promise_row(p) for p in promises])

    def open_promises(self, *incidents: str) -> list[Promise]:
        return self._promises(incidents, PromiseState.OPEN)

    def broken_promises(self, incident_id: str) -> list[Promise]:
        return self._promises([incident_id], PromiseState.BROKEN)

    def pending_promises(self, incident_id: str) -> list[Promise]:
        return self._promises([incident_id], PromiseState.PENDING)

    def promise(self, promise_id: str) -> Promise | None:
        row = self._first(_ONE, {"of": promise_id})
        return Promise.model_validate_json(row["body"]) if row else None

    def _promises(self, incidents: Sequence[str], state: PromiseState) -> list[Promise]:
        rows = self._all(_IN_STATE, {"of": list(incidents), "state": state.value})
        return [Promise.model_validate_json(row["body"]) for row in rows]

    def due_promises(self, now: datetime, limit: int) -> list[Promise]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [Promise.model_validate_json(row["body"]) for row in rows]

    def save_promises(self, promises: Sequence[Promise]) -> None:
        self._upsert(P, ["id"], [_promise_row(p) for p in promises])

    def await_confirmation(self, incident_id: str, due_at: datetime) -> None:
        self._insert_new(F, [{"incident_id": incident_id, "due_at": to_text(due_at)}])

    def confirmation_due(self, incident_id: str) -> datetime | None:
        rows = self._all(_WAITING, {"of": incident_id})
        return next((from_text(row["due_at"]) for row in rows), None)

    def due_confirmations(self, now: datetime, limit: int) -> list[str]:
        rows = self._all(_UNCONFIRMED, {"now": to_text(now), "most": limit})
        return [row["incident_id"] for row in rows]

    def end_confirmation(self, incident_id: str) -> None:
        self._connection.execute(_CONFIRMED, {"of": incident_id})

    def add_request(self, request: Request) -> None:
        self._connection.execute(insert(R), [_request_row(request)])

    def open_requests(self, incident_id: str | None = None) -> list[Request]:
        statement = select(R.c.body).where(R.c.state == RequestState.ASKED.value)
        if incident_id is not None:
            statement = statement.where(R.c.incident_id == incident_id)
        rows = self._all(statement.order_by(R.c.asked_at))
        return [Request.model_validate_json(row["body"]) for row in rows]

    def save_request(self, request: Request) -> None:
        self._upsert(R, ["id"], [_request_row(request)])

    def raise_alarm(self, alarm: Alarm) -> None:
        """The partial unique index lets one row per key be open; a repeat is left out."""
        row = {
            "key": alarm.key,
            "code": alarm.code,
            "values": json.dumps(alarm.values, ensure_ascii=False),
            "raised_at": to_text(alarm.raised_at),
            "incident_id": alarm.incident,
        }
        self._insert_new(L, [row])

    def clear_alarm(self, key: str, at: datetime) -> None:
        self._connection.execute(
            update(L).where(L.c.key == key, L.c.cleared_at.is_(None)).values(cleared_at=to_text(at))
        )

    def latest_pack(self, kind: PackKind) -> dict[str, str] | None:
        t = tables.packs
        row = self._first(
            select(t.c.files).where(t.c.kind == kind).order_by(t.c.id.desc()).limit(1)
        )
        files: dict[str, str] | None = json.loads(row["files"]) if row else None
        return files

    def save_pack(self, kind: PackKind, version: str, files: dict[str, str], at: datetime) -> None:
        """Activating what is active already adds nothing."""
        t = tables.packs
        newest = select(t.c.version).where(t.c.kind == kind).order_by(t.c.id.desc()).limit(1)
        if self._connection.execute(newest).scalar() == version:
            return
        row = {
            "kind": kind,
            "version": version,
            "activated_at": to_text(at),
            "files": json.dumps(files, ensure_ascii=False),
        }
        self._connection.execute(insert(t), [row])

    def _next_confirmation(self) -> str | None:
        return self._earliest(_EARLIEST_CONFIRMATION)

    def _next_promise(self) -> str | None:
        return self._earliest(_EARLIEST)


def alarm_of(row: Found) -> Alarm:
    return Alarm(
        key=row["key"],
        code=row["code"],
        values=json.loads(row["values"]),
        raised_at=from_text(row["raised_at"]),
        incident=row["incident_id"],
    )


def _promise_row(promise: Promise) -> Row:
    return {
        "id": promise.id,
        "incident_id": promise.incident,
        "state": promise.state.value,
        "due_at": to_text(promise.due_at),
        "body": promise.model_dump_json(),
    }


def _request_row(request: Request) -> Row:
    return {
        "id": request.id,
        "incident_id": request.incident,
        "state": request.state.value,
        "asked_at": to_text(request.asked_at),
        "body": request.model_dump_json(),
    }
