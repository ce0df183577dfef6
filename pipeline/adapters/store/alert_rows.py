"""What is known of monitors' alerts: rows inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import and_, bindparam, case, delete, func, select, text, update

from ...domain.alert import KnownAlert
from ...domain.incident import Incident
from ...domain.times import to_text
from . import tables
from .alert_tables import DUE_ALERT, HELD_ALERT, JOINED_ALERT
from .alert_tables import alerts as A  # noqa: N812  one letter for a table, as everywhere here
from .maintenance_rows import MaintenanceRows
from .rows import Row, Rows, moment, on_conflict

T = tables.incidents
IN_ONE_QUERY = 500
"""Values in one statement: databases bound them, and a storm has thousands."""
TURN = "alerts_in_turn"
_KNOWN = select(A.c.fingerprint, A.c.body).where(
    A.c.source == bindparam("of"), A.c.fingerprint.in_(bindparam("names", expanding=True))
)
_DUE = (
    select(A.c.body)
    .where(text(DUE_ALERT), A.c.due_at <= bindparam("now"))
    .order_by(A.c.due_at, A.c.source, A.c.fingerprint)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST = select(
    select(A.c.due_at).where(text(DUE_ALERT)).order_by(A.c.due_at).limit(1).scalar_subquery()
)
_LIVE = (
    select(A.c.incident_id, A.c.signal, func.count().label("n"))
    .where(text(JOINED_ALERT), A.c.live.is_(True))
    .where(A.c.incident_id.in_(bindparam("of", expanding=True)))
    .group_by(A.c.incident_id, A.c.signal)
)


class AlertRows(MaintenanceRows, Rows):
    """What `alert_ports.AlertWork` promises."""

    def alerts_in_turn(self) -> None:
        # Written, though nobody reads it: so PostgreSQL keeps the row for us until the end.
        t = tables.counters
        new = on_conflict(t, self._postgres).values(name=TURN, value=1)
        turn = new.on_conflict_do_update(index_elements=["name"], set_={"value": 1})
        self._connection.execute(turn)

    def known_alerts(self, source: str, fingerprints: Sequence[str]) -> dict[str, KnownAlert]:
        found: dict[str, KnownAlert] = {}
        for names in _portions(fingerprints):
            rows = self._all(_KNOWN, {"of": source, "names": names})
            found |= {r["fingerprint"]: KnownAlert.model_validate_json(r["body"]) for r in rows}
        return found

    def save_alerts(self, alerts: Sequence[KnownAlert]) -> None:
        self._upsert(A, ["source", "fingerprint"], [_row(one) for one in alerts])

    def due_alerts(self, now: datetime, limit: int) -> list[KnownAlert]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [KnownAlert.model_validate_json(row["body"]) for row in rows]

    def live_alerts(self, incident_ids: Collection[str]) -> dict[tuple[str, str], int]:
        rows = self._all(_LIVE, {"of": sorted(incident_ids)}) if incident_ids else []
        return {(row["incident_id"], row["signal"]): row["n"] for row in rows}

    def newest_incidents(
        self, services: Collection[str], circles: Collection[str], since: datetime
    ) -> tuple[dict[str, str], dict[str, str]]:
        return self._newest("service", services, since), self._newest("circle", circles, since)

    def _newest(self, column: str, values: Collection[str], since: datetime) -> dict[str, str]:
        of = A.c[column]
        found: dict[str, str] = {}
        for some in _portions(sorted(values)):
            within = and_(text(JOINED_ALERT), of.in_(some), A.c.changed_at >= to_text(since))
            newest = select(of, func.max(A.c.changed_at).label("at")).where(within).group_by(of)
            at = newest.subquery()
            rows = self._all(
                select(of, A.c.incident_id)
                .join(at, and_(of == at.c[column], A.c.changed_at == at.c.at))
                .where(text(JOINED_ALERT))
                .order_by(A.c.source, A.c.fingerprint)
            )
            found |= {row[column]: row["incident_id"] for row in rows}
        return found

    def open_majors_of(self, services: Collection[str]) -> dict[str, Incident]:
        found: dict[str, Incident] = {}
        for some in _portions(sorted(services)):
            wanted = select(T.c.snapshot).where(T.c.major == "open", T.c.service.in_(some))
            for row in self._all(wanted.order_by(T.c.opened_at, T.c.id)):
                incident = Incident.model_validate_json(row["snapshot"])
                if incident.service is not None:
                    found[incident.service.value] = incident
        return found

    def release_held(self, incident_id: str, now: datetime) -> tuple[int, int]:
        mine = and_(text(HELD_ALERT), A.c.held_by == incident_id)
        counted = select(func.count(), func.sum(case((A.c.live, 1), else_=0))).where(mine)
        held, live = self._connection.execute(counted).one()
        due = update(A).where(mine, A.c.live.is_(True)).values(due_at=to_text(now))
        self._connection.execute(due)
        return int(held), int(live or 0)

    def forget_alerts(self, before: datetime, limit: int) -> int:
        old = select(A.c.source, A.c.fingerprint).where(
            A.c.live.is_(False), A.c.changed_at < to_text(before)
        )
        gone = [dict(row) for row in self._all(old.order_by(A.c.changed_at).limit(limit))]
        if gone:
            one = and_(A.c.source == bindparam("s"), A.c.fingerprint == bindparam("f"))
            keys = [{"s": row["source"], "f": row["fingerprint"]} for row in gone]
            self._connection.execute(delete(A).where(one), keys)
        return len(gone)

    def service_names(self) -> dict[str, tuple[str, ...]]:
        s = tables.services
        return {row["id"]: _names(row["body"]) for row in self._all(select(s.c.id, s.c.body))}

    def _next_alert(self) -> str | None:
        return self._earliest(_EARLIEST)


@lru_cache(maxsize=20_000)
def _names(body: str) -> tuple[str, ...]:
    """Read once for each wording of an entry: a storm asks with every message."""
    entry = json.loads(body)
    return (*entry["name"].values(), *entry.get("aliases", ()))


def _portions(values: Sequence[str]) -> list[list[str]]:
    found = list(values)
    return [found[n : n + IN_ONE_QUERY] for n in range(0, len(found), IN_ONE_QUERY)]


def _row(known: KnownAlert) -> Row:
    return {
        "source": known.source,
        "fingerprint": known.alert.fingerprint,
        "signal": known.alert.name,
        "live": known.firing or known.flapping,
        "service": known.service,
        "circle": known.circle,
        "incident_id": known.incident,
        "held_by": known.held_by,
        "due_at": moment(known.due_at),
        "changed_at": to_text(known.changed_at),
        "body": known.model_dump_json(exclude_none=True),
    }
