"""The register of services: its history, who needs whom, and who is at which place. Rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from ...domain.directory import Person, Service
from ...domain.errors import StaleVersion
from ...domain.keys import customer_place, site_place
from ...domain.register import Change
from ...domain.times import to_text
from ...register_ports import EntryKind
from . import tables
from .register_tables import person_places, service_changes, service_needs
from .rows import Found, Rows

C, N, P = service_changes, service_needs, person_places
MOST_NAMED = 10_000
"""Ids in one statement: SQLite takes 32,766 values."""
_VERSIONS = (
    select(C.c.service_id, func.max(C.c.n).label("n"))
    .where(C.c.service_id.in_(bindparam("ids", expanding=True)))
    .group_by(C.c.service_id)
)
_NEEDING = (
    select(N)
    .where(N.c.needs.in_(bindparam("ids", expanding=True)))
    .order_by(N.c.needs, N.c.service_id)
)
_AT = (
    select(P)
    .where(P.c.place.in_(bindparam("ids", expanding=True)))
    .order_by(P.c.place, P.c.person_id)
)
_KINDS: dict[EntryKind, Table] = {
    "people": tables.people,
    "groups": tables.groups,
    "sites": tables.sites,
    "customers": tables.customers,
}


class RegisterRows(Rows):
    """What `register_ports.RegisterWork` promises."""

    def register(self) -> dict[str, Service]:
        rows = self._all(select(tables.services).order_by(tables.services.c.id))
        return {row["id"]: Service.model_validate_json(row["body"]) for row in rows}

    def service_versions(self, ids: Sequence[str]) -> dict[str, int]:
        return {row["service_id"]: row["n"] for row in self._in_parts(_VERSIONS, ids)}

    def save_services(self, changes: Sequence[Change]) -> None:
        rows = [
            {
                "service_id": one.service.id,
                "n": one.n,
                "at": to_text(one.at),
                "body": one.model_dump_json(exclude_none=True),
            }
            for one in changes
        ]
        if rows:
            try:
                self._connection.execute(insert(C), rows)
            except IntegrityError as taken:
                raise StaleVersion(
                    "somebody else changed this service meanwhile; look at it again",
                    field="version",
                ) from taken
        self._write_services([one.service for one in changes])

    def service_changes(self, service_id: str, limit: int) -> list[Change]:
        mine = select(C.c.body).where(C.c.service_id == service_id)
        rows = self._all(mine.order_by(C.c.n.desc()).limit(limit))
        return [Change.model_validate_json(row["body"]) for row in rows]

    def service_change(self, service_id: str, n: int) -> Change | None:
        row = self._first(select(C.c.body).where(C.c.service_id == service_id, C.c.n == n))
        return Change.model_validate_json(row["body"]) if row else None

    def services_needing(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        return _gathered(self._in_parts(_NEEDING, ids), "needs", "service_id")

    def people_at(self, places: Sequence[str]) -> dict[str, tuple[str, ...]]:
        return _gathered(self._in_parts(_AT, places), "place", "person_id")

    def ids_there(self, kind: EntryKind, ids: Sequence[str]) -> set[str]:
        table = _KINDS[kind]
        wanted = select(table.c.id).where(table.c.id.in_(bindparam("ids", expanding=True)))
        return {row["id"] for row in self._in_parts(wanted, ids)}

    def _write_services(self, services: Sequence[Service]) -> None:
        """The documents, and what each of them depends on."""
        rows = [{"id": s.id, "body": s.model_dump_json(exclude_none=True)} for s in services]
        self._upsert(tables.services, ["id"], rows)
        self._rewrite(N, "service_id", [s.id for s in services], _needs(services))

    def _place_people(self, people: Sequence[Person]) -> None:
        self._rewrite(P, "person_id", [p.id for p in people], _places(people))

    def _rewrite(
        self, table: Table, column: str, ids: Sequence[str], rows: list[dict[str, str]]
    ) -> None:
        for some in _parts(ids):
            self._connection.execute(delete(table).where(table.c[column].in_(some)))
        self._insert_new(table, rows)

    def _in_parts(self, statement: Any, ids: Sequence[str]) -> list[Found]:
        found: list[Found] = []
        for some in _parts(ids):
            found += self._all(statement, {"ids": list(some)})
        return found


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), MOST_NAMED):
        yield ids[start : start + MOST_NAMED]


def _needs(services: Iterable[Service]) -> list[dict[str, str]]:
    return [{"service_id": s.id, "needs": need} for s in services for need in s.depends_on]


def _places(people: Iterable[Person]) -> list[dict[str, str]]:
    found = []
    for person in people:
        places = [site_place(person.site)] if person.site else []
        places += [customer_place(person.customer)] if person.customer else []
        found += [{"place": place, "person_id": person.id} for place in places]
    return found


def _gathered(rows: Iterable[Found], key: str, value: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row[value])
    return {name: tuple(values) for name, values in found.items()}
