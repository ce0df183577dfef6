"""How does a database from yesterday become today's? By revisions that are only ever added. A new one is made whole.

Expand and contract: a release adds what it needs and stops using what it does not; what nothing uses
any more is dropped one release later. So the version before and the version after run on the same
tables at once, and going back one release needs no change of the database.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, make_url, text
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from .. import transaction  # noqa: F401  its rows bring every table into `metadata`
from ..engine import open_engines
from ..tables import metadata

VERSION_TABLE = "hg_alembic_version"
HEAD = "0025"
"""The newest revision that this code knows. Revisions are numbers of four digits, which sort."""
ONE_AT_A_TIME = 4_837_101
"""The advisory lock under which processes that start together wait for the first of them."""
_VERSION = Table(
    VERSION_TABLE, MetaData(), Column("version_num", String(32), primary_key=True, nullable=False)
)


def upgrade(url: str) -> None:
    """Bring the database to `HEAD`: an empty one at once, another by revisions. Loads Alembic, which takes a second,
    only for the latter."""
    engines = open_engines(url)
    try:
        found = _revision(engines.reader)
        # A greater one was left by the next release, before somebody went back to this one.
        if found is None or found < HEAD:
            with engines.turn:
                if found is not None or not _made(engines.writer):
                    revise(engines.writer)
    finally:
        engines.close()


def wait_for_turn(connection: Connection) -> None:
    """Until no other process changes the tables. A SQLite file has one process only."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))


def revise(engine: Engine) -> None:
    """All revisions that the database has not seen, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A setting's value is a template, in which a percent sign of the path would begin a variable.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def _made(engine: Engine) -> bool:
    """False when another process was first. What is made is what the revisions make, which a test holds."""
    with engine.begin() as connection:
        wait_for_turn(connection)
        if inspect(connection).has_table(VERSION_TABLE):
            return False
        for statement in _definitions(engine.url.drivername):
            connection.exec_driver_sql(statement)
        connection.execute(_VERSION.insert().values(version_num=HEAD))
    return True


@lru_cache(maxsize=2)
def _definitions(driver: str) -> tuple[str, ...]:
    """Of all tables and indexes, as this database is told them: worded once, since a replay makes a database for each
    part of the past."""
    dialect = make_url(f"{driver}://").get_dialect()()
    said: list[ExecutableDDLElement] = []
    for table in (_VERSION, *metadata.sorted_tables):
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        said += [CreateTable(table), *map(CreateIndex, indexes)]
    return tuple(str(one.compile(dialect=dialect)) for one in said)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found: str | None = connection.execute(
            text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  a name of our own
        ).scalar()
        return found
