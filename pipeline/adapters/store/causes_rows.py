"""Changes to services, and what failed when: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from ...cause_ports import Opened
from ...domain.change import Change
from ...domain.errors import StaleVersion
from ...domain.times import from_text, to_text
from . import tables
from .causes_tables import changed_services as S  # noqa: N812
from .causes_tables import changes as C  # noqa: N812
from .rows import Rows

T = tables.incidents
_ONE = select(C.c.body).where(C.c.source == bindparam("of"), C.c.number == bindparam("number"))
_OF_SERVICES = (
    select(S.c.change_id, S.c.began_at)
    .distinct()
    .where(S.c.service.in_(bindparam("of", expanding=True)))
    .where(S.c.began_at >= bindparam("since"), S.c.began_at <= bindparam("until"))
    .order_by(S.c.began_at.desc(), S.c.change_id)
    .limit(bindparam("most"))
)
_LATEST = select(C.c.body).order_by(C.c.began_at.desc(), C.c.id).limit(bindparam("most"))
_BODIES = select(C.c.body).where(C.c.id.in_(bindparam("ids", expanding=True)))
_OPENED = (
    select(T.c.id, T.c.service, T.c.opened_at)
    .where(T.c.service.in_(bindparam("of", expanding=True)))
    .where(T.c.opened_at >= bindparam("since"), T.c.opened_at <= bindparam("until"))
    .order_by(T.c.opened_at, T.c.id)
    .limit(bindparam("most"))
)
_EVER = "0000"
"""Before every instant as it is written."""


class CauseRows(Rows):
    """What `cause_ports.CauseWork` promises."""

    def change(self, source: str, number: str) -> Change | None:
        found = self._first(_ONE, {"of": source, "number": number})
        return Change.model_validate_json(found["body"]) if found else None

    def save_change(self, change: Change) -> None:
        began = to_text(change.began_at)
        row = {
            "id": change.id,
            "source": change.source,
            "number": change.number,
            "began_at": began,
            "body": change.model_dump_json(exclude_none=True),
        }
        try:
            self._upsert(C, ["id"], [row])
        except IntegrityError as taken:
            raise StaleVersion("somebody else recorded this change first") from taken
        self._connection.execute(delete(S).where(S.c.change_id == change.id))
        named = sorted(set(change.services))
        of = [{"service": name, "began_at": began, "change_id": change.id} for name in named]
        self._connection.execute(insert(S), of)

    def drop_change(self, change: Change) -> None:
        self._connection.execute(delete(S).where(S.c.change_id == change.id))
        self._connection.execute(delete(C).where(C.c.id == change.id))

    def changes_of(
        self, services: Collection[str], since: datetime, until: datetime, limit: int
    ) -> list[Change]:
        return self._of(services, to_text(since), to_text(until), limit)

    def changes(self, limit: int, *, service: str | None = None) -> list[Change]:
        if service is not None:
            return self._of([service], _EVER, "9", limit)
        rows = self._all(_LATEST, {"most": limit})
        return [Change.model_validate_json(row["body"]) for row in rows]

    def _of(self, services: Collection[str], since: str, until: str, limit: int) -> list[Change]:
        if not services:
            return []
        asked = {"of": sorted(services), "since": since, "until": until, "most": limit}
        ids = [row["change_id"] for row in self._all(_OF_SERVICES, asked)]
        bodies = self._all(_BODIES, {"ids": ids}) if ids else []
        found = [Change.model_validate_json(row["body"]) for row in bodies]
        return sorted(found, key=lambda change: (change.began_at, change.id), reverse=True)

    def opened_on(
        self, services: Collection[str], since: datetime, until: datetime, limit: int
    ) -> list[Opened]:
        if not services:
            return []
        asked = {"of": sorted(services), "since": to_text(since), "until": to_text(until)}
        return [
            Opened(incident=row["id"], service=row["service"], at=from_text(row["opened_at"]))
            for row in self._all(_OPENED, asked | {"most": limit})
        ]
