"""Which tickets ever belonged to a major incident is found without reading all events of the past."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    only = sa.text("type = 'heliograph.ticket.attached.v1'")
    op.create_index(
        "ix_hg_events_attaching",
        "hg_events",
        ["incident_id"],
        sqlite_where=only,
        postgresql_where=only,
    )
