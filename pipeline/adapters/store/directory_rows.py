"""People, groups, services, sites and customers, each a document under its id; and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Table, bindparam, select

from ...domain.directory import Customer, Directory, Group, Person, Service, Site, Value
from ...ports import Source
from . import tables
from .asked_rows import folded
from .reader_tables import person_addresses
from .register_rows import RegisterRows

_SOURCE = select(tables.sources).where(tables.sources.c.name == bindparam("of"))
_NAMED = select(tables.named_people).where(
    tables.named_people.c.source == bindparam("of"),
    tables.named_people.c.id.in_(bindparam("ids", expanding=True)),
)
V = TypeVar("V", bound=Value)


class DirectoryRows(RegisterRows):
    def source(self, name: str) -> Source | None:
        row = self._first(_SOURCE, {"of": name})
        return Source(**row) if row else None

    def sources(self) -> list[Source]:
        t = tables.sources
        return [Source(**row) for row in self._all(select(t).order_by(t.c.name))]

    def save_sources(self, sources: Iterable[Source]) -> None:
        rows = [{"name": s.name, "owner": s.owner, "thread_token": s.thread_token} for s in sources]
        self._upsert(tables.sources, ["name"], rows)

    def people(self, ids: Sequence[str], *, source: str | None = None) -> dict[str, Person]:
        found = self._read(tables.people, Person, ids)
        missing = [name for name in ids if name not in found]
        if source is None or not missing:
            return found
        rows = self._all(_NAMED, {"of": source, "ids": missing})
        return found | {row["id"]: Person.model_validate_json(row["body"]) for row in rows}

    def people_named(self, person_id: str) -> dict[str, Person]:
        named = select(tables.named_people).where(tables.named_people.c.id == person_id)
        rows = self._all(named.order_by(tables.named_people.c.source))
        return {row["source"]: Person.model_validate_json(row["body"]) for row in rows}

    def save_named(self, source: str, people: Sequence[Person]) -> None:
        rows = [
            {"source": source, "id": p.id, "body": p.model_dump_json(exclude_none=True)}
            for p in people
        ]
        self._upsert(tables.named_people, ["source", "id"], rows)

    def groups(self, ids: Sequence[str] | None) -> dict[str, Group]:
        return self._read(tables.groups, Group, ids)

    def services(self, ids: Sequence[str] | None) -> dict[str, Service]:
        return self._read(tables.services, Service, ids)

    def directory(self) -> Directory:
        """All of it, each kind by id."""
        return Directory(
            people=tuple(self._read(tables.people, Person).values()),
            groups=tuple(self._read(tables.groups, Group).values()),
            services=tuple(self._read(tables.services, Service).values()),
            sites=tuple(self._read(tables.sites, Site).values()),
            customers=tuple(self._read(tables.customers, Customer).values()),
        )

    def save_directory(self, directory: Directory) -> None:
        self._write(tables.people, [(p.id, p) for p in directory.people])
        self._write(tables.groups, [(g.id, g) for g in directory.groups])
        self._place_people(directory.people)
        self._address_people(directory.people)
        self._write_services(directory.services)
        self._write(tables.sites, [(s.id, s) for s in directory.sites])
        self._write(tables.customers, [(c.id, c) for c in directory.customers])

    def _address_people(self, people: Sequence[Person]) -> None:
        rows = [
            {"address": address, "person_id": person.id}
            for person in people
            for address in _addresses(person)
        ]
        self._rewrite(person_addresses, "person_id", [p.id for p in people], rows)

    def _read(self, table: Table, model: type[V], ids: Sequence[str] | None = None) -> dict[str, V]:
        rows = (
            self._all(select(table).order_by(table.c.id))
            if ids is None
            else self._by_id(table, ids)
        )
        return {row["id"]: model.model_validate_json(row["body"]) for row in rows}

    def _write(self, table: Table, entries: Sequence[tuple[str, Value]]) -> None:
        rows = [{"id": i, "body": v.model_dump_json(exclude_none=True)} for i, v in entries]
        self._upsert(table, ["id"], rows)


def _addresses(person: Person) -> list[str]:
    """Those by which somebody is found. Whoever has left is found by none."""
    mails = {folded(a.channel, a.value) for a in person.addresses if a.channel == "mail"}
    return sorted(mails) if person.active else []
