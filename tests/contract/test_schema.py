"""What the revisions make is what the code reads and writes: no column, index or constraint more or less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Inspector, inspect, text

from pipeline.adapters.store.engine import open_engines
from pipeline.adapters.store.migrations import HEAD, VERSION_TABLE, revise, upgrade
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.adapters.store.tables import metadata

from ..postgres import Cluster
from . import stores


def seen(connection: Connection) -> dict[str, Any]:
    """All that the database itself tells of our tables, without the names that it made up."""
    found = inspect(connection)
    return {
        name: {
            "columns": {
                c["name"]: (str(c["type"]), c["nullable"], c.get("default"))
                for c in found.get_columns(name)
            },
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(u["column_names"] for u in found.get_unique_constraints(name)),
            "foreign": sorted(_foreign(found, name)),
            "checks": sorted(str(c["sqltext"]) for c in found.get_check_constraints(name)),
            "indexes": sorted(_indexes(connection, name)),
        }
        for name in found.get_table_names()
        if name != VERSION_TABLE
    }


def _foreign(found: Inspector, table: str) -> list[str]:
    return [
        f"{f['constrained_columns']} {f['referred_table']} {f['referred_columns']} {f['options']}"
        for f in found.get_foreign_keys(table)
    ]


def _indexes(connection: Connection, table: str) -> list[str]:
    """As they are defined, with order and condition: what a query plan depends on."""
    asked = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :t",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE tablename = :t",
    }[connection.dialect.name]
    defined = connection.execute(text(asked), {"t": table}).scalars()
    return [" ".join(sql.split()) for sql in defined if sql]


def test_the_revisions_end_where_alembic_sees_nothing_left_to_do(store: SqlStore) -> None:
    """A column that was added in one of the two places only is a release that fails on old data."""
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


@pytest.fixture(params=stores.DATABASES)
def two_urls(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Two empty databases of one kind."""
    if request.param == "sqlite":
        return [f"sqlite:///{tmp_path / name}.db" for name in ("migrated", "made")]
    cluster: Cluster = request.getfixturevalue("postgres")
    return [cluster.new_database(), cluster.new_database()]


def test_tables_made_by_the_revisions_and_by_the_code_are_the_same(two_urls: list[str]) -> None:
    """Alembic compares neither checks nor the conditions and order of indexes."""
    found = []
    for address, revisions in zip(two_urls, (True, False), strict=True):
        engines = open_engines(address)
        try:
            if revisions:
                revise(engines.writer)
            else:
                upgrade(address)
            with engines.reader.connect() as connection:
                found.append(seen(connection))
        finally:
            engines.close()
    migrated, made = found
    assert migrated.keys() == made.keys()
    for name in made:
        assert migrated[name] == made[name], name


def test_every_table_is_recognised_as_ours(store: SqlStore) -> None:
    """The database may hold tables of others: ours share a prefix."""
    with store.reading() as connection:
        assert all(name.startswith("hg_") for name in inspect(connection).get_table_names())


def test_a_second_start_changes_nothing(empty_url: str) -> None:
    """And leaves the revision where the code expects it."""
    revisions, schemas = [], []
    for _ in range(2):
        upgrade(empty_url)
        opened = SqlStore(empty_url)
        with opened.reading() as connection:
            version = text(f"SELECT version_num FROM {VERSION_TABLE}")
            revisions.append(connection.execute(version).scalar())
            schemas.append(seen(connection))
        opened.close()
    assert revisions == [HEAD, HEAD]
    assert schemas[0] == schemas[1]


def test_a_database_that_was_made_whole_is_one_that_alembic_knows(empty_url: str) -> None:
    """The revisions of the next release go on from it: of those that there are, none is run again."""
    upgrade(empty_url)
    engines = open_engines(empty_url)
    try:
        revise(engines.writer)
        with engines.reader.connect() as connection:
            assert MigrationContext.configure(
                connection, opts={"version_table": VERSION_TABLE}
            ).get_current_heads() == (HEAD,)
    finally:
        engines.close()
