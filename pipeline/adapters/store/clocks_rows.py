"""The clocks of service levels: rows inside a unit of work, and as people look at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, text

from ...domain.service_clock import ClockState, ServiceClock
from ...domain.times import to_text
from .clocks_tables import DUE_CLOCK, GOING_CLOCK, closings, service_clocks
from .reads import Reads
from .rows import Found, Row, Rows, moment, together

S = service_clocks
E = closings
_DUE = (
    select(S.c.body)
    .where(text(DUE_CLOCK), S.c.look_at <= bindparam("now"))
    .order_by(S.c.look_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_OF = select(S.c.body).where(S.c.incident_id == bindparam("of")).order_by(S.c.round, S.c.what)
_HELD = _OF.with_for_update()
_NAMED = select(S.c.body).where(S.c.id.in_(bindparam("ids", expanding=True)))
_EARLIEST = select(
    select(S.c.look_at).where(text(DUE_CLOCK)).order_by(S.c.look_at).limit(1).scalar_subquery()
)
_SILENT = (
    select(E.c.incident_id)
    .where(E.c.due_at <= bindparam("now"))
    .order_by(E.c.due_at)
    .limit(bindparam("most"))
)
_SPOKEN = delete(E).where(E.c.incident_id == bindparam("of"))
_EARLIEST_SILENT = together(select(E.c.due_at).order_by(E.c.due_at).limit(1))
_GOING = (
    select(S.c.body)
    .where(text(GOING_CLOCK), S.c.state == bindparam("state"), S.c.deadline.is_not(None))
    .order_by(S.c.deadline)
    .limit(bindparam("most"))
)
_STANDING = (
    select(S.c.body)
    .where(text(GOING_CLOCK), S.c.state == bindparam("state"), S.c.deadline.is_(None))
    .limit(bindparam("most"))
)
_MISSED = (
    select(S.c.body)
    .where(S.c.state == ClockState.MISSED.value, S.c.ended_at >= bindparam("since"))
    .order_by(S.c.ended_at.desc(), S.c.id)
    .limit(bindparam("most"))
)


class ClockRows(Rows):
    """What `clocks_ports.ClockWork` promises."""

    def service_clocks(self, incident_id: str) -> list[ServiceClock]:
        return _clocks(self._all(_HELD, {"of": incident_id}))

    def service_clocks_named(self, ids: Sequence[str]) -> dict[str, ServiceClock]:
        found = _clocks(self._all(_NAMED, {"ids": list(ids)})) if ids else []
        return {clock.id: clock for clock in found}

    def due_service_clocks(self, now: datetime, limit: int) -> list[ServiceClock]:
        return _clocks(self._all(_DUE, {"now": to_text(now), "most": limit}))

    def save_service_clocks(self, clocks: Sequence[ServiceClock]) -> None:
        self._upsert(S, ["id"], [_row(clock) for clock in clocks])

    def _next_service_clock(self) -> str | None:
        return self._earliest(_EARLIEST)


class ClosingRows(Rows):
    """What `clocks_ports.ClosingWork` promises."""

    def await_closing(self, incident_id: str, due_at: datetime) -> None:
        self._upsert(E, ["incident_id"], [{"incident_id": incident_id, "due_at": to_text(due_at)}])

    def end_closing(self, incident_id: str) -> None:
        self._connection.execute(_SPOKEN, {"of": incident_id})

    def due_closings(self, now: datetime, limit: int) -> list[str]:
        rows = self._all(_SILENT, {"now": to_text(now), "most": limit})
        return [row["incident_id"] for row in rows]

    def _next_closing(self) -> str | None:
        return self._earliest(_EARLIEST_SILENT)


class SqlClocks(Reads):
    """What `clocks_ports.ClockQueries` promises."""

    def of_incident(self, incident_id: str) -> list[ServiceClock]:
        return _clocks(self._rows(_OF.params(of=incident_id)))

    def going(self, state: ClockState, limit: int) -> list[ServiceClock]:
        found = self._rows(_GOING.params(state=state.value, most=limit))
        if (left := limit - len(found)) > 0:
            found += self._rows(_STANDING.params(state=state.value, most=left))
        return _clocks(found)

    def missed_since(self, moment: datetime, limit: int) -> list[ServiceClock]:
        return _clocks(self._rows(_MISSED.params(since=to_text(moment), most=limit)))


def _clocks(rows: Sequence[Found]) -> list[ServiceClock]:
    return [ServiceClock.model_validate_json(row["body"]) for row in rows]


def _row(clock: ServiceClock) -> Row:
    return {
        "id": clock.id,
        "incident_id": clock.incident,
        "what": clock.what.value,
        "round": clock.round,
        "state": clock.state.value,
        "look_at": moment(clock.look_at),
        "deadline": moment(clock.deadline),
        "ended_at": moment(clock.ended_at),
        "body": clock.model_dump_json(exclude_none=True),
    }
