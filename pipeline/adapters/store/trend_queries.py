"""How many tickets came when, and how long did each part take? Added up in the database, window by window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Float,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    select,
)

from ...domain.events import Assigned, Closed, Resolved
from ...domain.lattices import TicketState
from ...domain.maintenance_events import MaintenancePlanned
from ...domain.major_events import Accepted, Restored
from ...domain.times import to_text
from ...trend_ports import UNTIL, Hour, Lasted
from . import tables

if TYPE_CHECKING:
    from .sqlstore import SqlStore

T, E, M, A = tables.incidents, tables.events, tables.messages, tables.attempts
_TYPES = {
    "acknowledged": (Assigned.type, Accepted.type),
    "recovered": (Resolved.type, Closed.type, Restored.type),
}
_PIECE = len("2026-08-24T10:0")
"""Characters of an instant that name ten minutes: hours of every zone but those at :45 are made of them."""
_OVER = tuple(state.value for state in TicketState if state.is_over)


class SqlTrends:
    """What `trend_ports.TrendQueries` promises."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def opened(
        self, since: datetime, until: datetime, *, service: str | None = None
    ) -> Sequence[Hour]:
        window = _window(since, until, service)
        piece = func.substr(window.c.opened_at, 1, _PIECE).label("piece")
        counted = select(window.c.service, piece, func.count().label("n"))
        with self._store.reading() as connection:
            rows = connection.execute(counted.group_by(window.c.service, piece)).all()
        return [Hour(service=row.service, at=_begins(row.piece), n=row.n) for row in rows]

    def lasted(
        self, measure: str, since: datetime, until: datetime, *, service: str | None = None
    ) -> Lasted:
        window = _window(since, until, service)
        with self._store.reading() as connection:
            took = _lengths(connection, _ends(measure, window))
            whole = connection.scalar(select(func.count()).select_from(window)) or 0
            counts = _classes(connection, took)
            median, ninth = _places(connection, took, sum(counts))
        return Lasted(
            measure=measure,
            classes=counts,
            median=median,
            ninth=ninth,
            missing=whole - sum(counts),
        )


def _window(since: datetime, until: datetime, service: str | None) -> Subquery:
    """Tickets that were opened then, but for planned maintenance."""
    planned = (
        select(E.c.id)
        .where(E.c.incident_id == T.c.id, E.c.version == 1, E.c.type == MaintenancePlanned.type)
        .exists()
    )
    found = select(T.c.id, T.c.service, T.c.opened_at, T.c.state, T.c.major).where(
        T.c.opened_at >= to_text(since), T.c.opened_at < to_text(until), ~planned
    )
    return (found if service is None else found.where(T.c.service == service)).subquery("w")


def _ends(measure: str, window: Subquery) -> Select[Any]:
    """Of each ticket the moment at which the measure ends, where there is one."""
    if measure == "contacted":
        reached = (
            select(window.c.opened_at, func.min(A.c.finished_at).label("ended"))
            .join(M, M.c.incident_id == window.c.id)
            .join(A, and_(A.c.message_id == M.c.id, A.c.outcome == "delivered"))
        )
        return reached.group_by(window.c.id, window.c.opened_at)
    first = func.min if measure == "acknowledged" else func.max
    happened = (
        select(window.c.opened_at, first(E.c.occurred_at).label("ended"))
        .join(E, and_(E.c.incident_id == window.c.id, E.c.type.in_(_TYPES[measure])))
        .group_by(window.c.id, window.c.opened_at)
    )
    if measure == "recovered":
        # What was opened again, or failed again, has not recovered.
        happened = happened.where(
            case(
                (window.c.major.is_not(None), window.c.major == "restored"),
                else_=window.c.state.in_(_OVER),
            )
        )
    return happened


def _lengths(connection: Connection, ends: Select[Any]) -> Subquery:
    found = ends.subquery("e")
    took: ColumnElement[Any]
    if connection.dialect.name == "postgresql":
        apart = cast(found.c.ended, DateTime(timezone=True)) - cast(
            found.c.opened_at, DateTime(timezone=True)
        )
        took = cast(func.extract("epoch", apart), Float)
    else:
        took = (func.julianday(found.c.ended) - func.julianday(found.c.opened_at)) * 86_400.0
    whole = cast(func.round(took), Integer)
    # A step that was recorded with a moment before the opening took no time.
    return select(case((whole < 0, 0), else_=whole).label("took")).subquery("t")


def _classes(connection: Connection, took: Subquery) -> tuple[int, ...]:
    which = case(
        *((took.c.took <= until, n) for n, until in enumerate(UNTIL)), else_=len(UNTIL)
    ).label("which")
    rows = connection.execute(select(which, func.count().label("n")).group_by(which))
    found = {int(row.which): int(row.n) for row in rows}
    return tuple(found.get(n, 0) for n in range(len(UNTIL) + 1))


def _places(connection: Connection, took: Subquery, n: int) -> tuple[int | None, int | None]:
    """Half of the lengths are at most the first, nine of ten at most the second."""
    if not n:
        return None, None
    order = func.row_number().over(order_by=took.c.took).label("place")
    placed = select(took.c.took, order).subquery("p")
    wanted = [-(-n // 2), -(-n * 9 // 10)]
    rows = connection.execute(
        select(placed.c.place, placed.c.took).where(placed.c.place.in_(wanted))
    )
    found = {row.place: int(row.took) for row in rows}
    return found[wanted[0]], found[wanted[1]]


def _begins(piece: str) -> datetime:
    return datetime.fromisoformat(f"{piece}0+00:00")
