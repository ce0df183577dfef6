"""How does a database from yesterday become today's? By revisions that are only ever added.

Expand and contract: a release adds what it needs and stops using what it does not; what nothing uses
any more is dropped one release later. So the version before and the version after run on the same
tables at once, and going back one release needs no change of the database.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from ..engine import open_engines

VERSION_TABLE = "hg_alembic_version"
HEAD = "0018"
"""The newest revision that this code knows. Revisions are numbers of four digits, which sort."""


def upgrade(url: str) -> None:
    """Bring the database to `HEAD`. Loads Alembic, which takes a second, only when there is work."""
    engines = open_engines(url)
    try:
        found = _revision(engines.reader)
        # A greater one was left by the next release, before somebody went back to this one.
        if found is None or found < HEAD:
            with engines.turn:
                _run(engines.writer)
    finally:
        engines.close()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found: str | None = connection.execute(
            text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  a name of our own
        ).scalar()
        return found


def _run(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A setting's value is a template, in which a percent sign of the path would begin a variable.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
