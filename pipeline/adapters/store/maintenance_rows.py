"""Which services are under planned maintenance, and until when: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, text, update

from ...alert_ports import Window
from ...domain.times import from_text, to_text
from .alert_tables import DUE_MAINTENANCE
from .alert_tables import maintained as S  # noqa: N812
from .alert_tables import maintenance as M  # noqa: N812
from .rows import Rows, moment

_AT = (
    select(S.c.service, M)
    .join(M, M.c.incident_id == S.c.incident_id)
    .where(S.c.service.in_(bindparam("of", expanding=True)))
    .where(M.c.starts_at <= bindparam("now"), M.c.ends_at > bindparam("now"))
    .order_by(M.c.ends_at, M.c.incident_id)
)
_DUE = (
    select(M.c.incident_id)
    .where(text(DUE_MAINTENANCE), M.c.due_at <= bindparam("now"))
    .order_by(M.c.due_at, M.c.incident_id)
    .limit(bindparam("most"))
)
_EARLIEST = select(
    select(M.c.due_at).where(text(DUE_MAINTENANCE)).order_by(M.c.due_at).limit(1).scalar_subquery()
)


class MaintenanceRows(Rows):
    """The part of `alert_ports.AlertWork` that is about maintenance."""

    def save_window(
        self, window: Window, services: Collection[str], due_at: datetime | None
    ) -> None:
        row = {
            "incident_id": window.incident,
            "number": window.number,
            "starts_at": to_text(window.starts_at),
            "ends_at": to_text(window.ends_at),
            "due_at": moment(due_at),
        }
        self._upsert(M, ["incident_id"], [row])
        self._connection.execute(delete(S).where(S.c.incident_id == window.incident))
        under = [{"service": name, "incident_id": window.incident} for name in sorted({*services})]
        self._connection.execute(insert(S), under)

    def drop_window(self, incident_id: str) -> None:
        for table in (S, M):
            self._connection.execute(delete(table).where(table.c.incident_id == incident_id))

    def windows_at(self, services: Collection[str], now: datetime) -> dict[str, Window]:
        rows = self._all(_AT, {"of": sorted(services), "now": to_text(now)}) if services else []
        return {
            row["service"]: Window(
                incident=row["incident_id"],
                number=row["number"],
                starts_at=from_text(row["starts_at"]),
                ends_at=from_text(row["ends_at"]),
            )
            for row in rows
        }

    def due_maintenance(self, now: datetime, limit: int) -> list[str]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [row["incident_id"] for row in rows]

    def plan_maintenance(self, incident_id: str, due_at: datetime | None) -> None:
        planned = update(M).where(M.c.incident_id == incident_id)
        self._connection.execute(planned.values(due_at=moment(due_at)))

    def _next_maintenance(self) -> str | None:
        return self._earliest(_EARLIEST)
