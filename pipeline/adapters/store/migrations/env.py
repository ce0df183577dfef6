"""Alembic's entry: runs the revisions over the engine that `upgrade` was given."""

from alembic import context

from pipeline.adapters.store.migrations import VERSION_TABLE
from pipeline.adapters.store.tables import metadata

engine = context.config.attributes["engine"]
with engine.begin() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
