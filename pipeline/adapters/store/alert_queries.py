"""What people look at of alerts and of planned maintenance: each call reads in one short transaction of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, text, true

from ...domain.alert import KnownAlert
from ...domain.incident import Incident
from ...domain.times import to_text
from . import tables
from .alert_tables import HELD_ALERT, maintenance
from .alert_tables import alerts as A  # noqa: N812

if TYPE_CHECKING:
    from .sqlstore import SqlStore

_HELD = text(HELD_ALERT)
_WHICH = {
    "firing": A.c.live.is_(True),
    "unmapped": and_(A.c.live.is_(True), A.c.service.is_(None)),
    "held": and_(A.c.live.is_(True), _HELD),
    "flapping": and_(A.c.live.is_(True), A.c.due_at.is_not(None), A.c.held_by.is_(None)),
    "quiet": A.c.live.is_(False),
}


class SqlAlerts:
    """What `alert_ports.AlertQueries` promises."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def alerts(self, which: str, limit: int = 200) -> list[KnownAlert]:
        wanted = select(A.c.body).where(_WHICH.get(which, true()))
        newest = wanted.order_by(A.c.changed_at.desc(), A.c.source, A.c.fingerprint).limit(limit)
        with self._store.reading() as connection:
            return [KnownAlert.model_validate_json(body) for body in connection.scalars(newest)]

    def counts(self) -> Mapping[str, int]:
        with self._store.reading() as connection:
            return {
                which: connection.scalar(select(func.count()).select_from(A).where(only)) or 0
                for which, only in _WHICH.items()
            }

    def maintenance(self, now: datetime, limit: int = 100) -> list[Incident]:
        t = tables.incidents
        ahead = (
            select(t.c.snapshot)
            .join(maintenance, maintenance.c.incident_id == t.c.id)
            .where(maintenance.c.ends_at > to_text(now))
            .order_by(maintenance.c.starts_at, t.c.id)
            .limit(limit)
        )
        with self._store.reading() as connection:
            return [Incident.model_validate_json(row) for row in connection.scalars(ahead)]
