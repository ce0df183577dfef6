"""Alembic's entry: runs the revisions over the engine that `upgrade` was given, in one transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from pipeline.adapters.store.migrations import VERSION_TABLE
from pipeline.adapters.store.tables import metadata

ONE_AT_A_TIME = 4_837_101
"""The advisory lock under which processes that start together wait for the first of them."""

with context.config.attributes["engine"].begin() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
