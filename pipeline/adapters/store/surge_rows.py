"""Tickets by which a service was seen to fail: statements inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select, text, update

from ...domain.sighting import Sighting
from ...domain.times import from_text, to_text
from . import tables
from .rows import Found, Row, Rows, on_conflict
from .surge_tables import ASKED_SIGHTING, BY_MONITOR, DUE_SIGHTING, sightings

G = sightings
TURN = "surges_in_turn"
_DUE = (
    select(G)
    .where(text(DUE_SIGHTING), G.c.due_at <= bindparam("now"))
    .order_by(G.c.due_at, G.c.ticket_id)
    .limit(bindparam("most"))
)
_EARLIEST = select(
    select(G.c.due_at).where(text(DUE_SIGHTING)).order_by(G.c.due_at).limit(1).scalar_subquery()
)
_REPORTS = (
    select(G)
    .where(G.c.service == bindparam("of"), G.c.seen_at >= bindparam("since"))
    .where(G.c.requester.is_not(None))
    .order_by(G.c.seen_at.desc(), G.c.ticket_id)
    .limit(bindparam("most"))
)
_ALERTS = (
    select(G)
    .where(text(BY_MONITOR), G.c.service == bindparam("of"))
    .order_by(G.c.seen_at.desc(), G.c.ticket_id)
    .limit(bindparam("most"))
)
_ASKED = (
    select(G)
    .where(text(ASKED_SIGHTING), G.c.surge == bindparam("of"))
    .order_by(G.c.seen_at, G.c.ticket_id)
)
_THIS = and_(G.c.ticket_id == bindparam("ticket"), G.c.service == bindparam("of"))
_LOOKED_AT = update(G).where(_THIS).values(due_at=None)
_MARKED = update(G).where(_THIS).values(surge=bindparam("asked"))
_GONE = delete(G).where(_THIS)


class SurgeRows(Rows):
    """What `surge_ports.SurgeWork` promises."""

    def surges_in_turn(self) -> None:
        # Written, though nobody reads it: so PostgreSQL keeps the row for us until the end.
        t = tables.counters
        new = on_conflict(t, self._postgres).values(name=TURN, value=1)
        turn = new.on_conflict_do_update(index_elements=["name"], set_={"value": 1})
        self._connection.execute(turn)

    def note_sighting(self, sighting: Sighting, due_at: datetime) -> None:
        row = _row(sighting) | {"due_at": to_text(due_at)}
        new = on_conflict(G, self._postgres)
        again = {"due_at": new.excluded.due_at}
        key = ["ticket_id", "service"]
        self._connection.execute(new.on_conflict_do_update(index_elements=key, set_=again), [row])

    def due_sightings(self, now: datetime, limit: int) -> list[Sighting]:
        return self._sightings(self._all(_DUE, {"now": to_text(now), "most": limit}))

    def place_sightings(self, looked_at: Sequence[Sighting], placed: Sequence[Sighting]) -> None:
        self._insert_new(G, [_row(one) for one in placed])
        for statement, some in (
            (_GONE, [one for one in looked_at if one.service is None]),
            (_LOOKED_AT, [one for one in looked_at if one.service is not None]),
        ):
            if some:
                self._connection.execute(statement, [_key(one) for one in some])

    def reports_seen(self, service: str, since: datetime, limit: int) -> list[Sighting]:
        values: Row = {"of": service, "since": to_text(since), "most": limit}
        return self._sightings(self._all(_REPORTS, values))

    def alerts_seen(self, service: str, limit: int) -> list[Sighting]:
        return self._sightings(self._all(_ALERTS, {"of": service, "most": limit}))

    def mark_asked(self, sightings: Sequence[Sighting], surge: str) -> None:
        if sightings:
            marked = [_key(one) | {"asked": surge} for one in sightings]
            self._connection.execute(_MARKED, marked)

    def asked_about(self, surge: str) -> list[Sighting]:
        return self._sightings(self._all(_ASKED, {"of": surge}))

    def forget_sightings(self, before: datetime, limit: int) -> None:
        old = select(G.c.ticket_id, G.c.service).where(G.c.seen_at < to_text(before))
        rows = self._all(old.order_by(G.c.seen_at).limit(limit))
        if rows:
            gone = [{"ticket": row["ticket_id"], "of": row["service"]} for row in rows]
            self._connection.execute(_GONE, gone)

    def _next_sighting(self) -> str | None:
        return self._earliest(_EARLIEST)

    def _sightings(self, rows: Sequence[Found]) -> list[Sighting]:
        return [
            Sighting(
                ticket=row["ticket_id"],
                service=row["service"] or None,
                requester=row["requester"],
                seen_at=from_text(row["seen_at"]),
                basis=row["basis"],
                surge=row["surge"],
            )
            for row in rows
        ]


def _key(sighting: Sighting) -> Row:
    return {"ticket": sighting.ticket, "of": sighting.service or ""}


def _row(sighting: Sighting) -> Row:
    return {
        "ticket_id": sighting.ticket,
        "service": sighting.service or "",
        "requester": sighting.requester,
        "seen_at": to_text(sighting.seen_at),
        "basis": sighting.basis,
        "surge": sighting.surge,
        "due_at": None,
    }
