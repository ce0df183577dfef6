"""Alembic's entry: runs the revisions over the engine that `upgrade` was given, in one transaction."""

from __future__ import annotations

from alembic import context

from pipeline.adapters.store.migrations import VERSION_TABLE, wait_for_turn
from pipeline.adapters.store.tables import metadata

with context.config.attributes["engine"].begin() as connection:
    wait_for_turn(connection)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
