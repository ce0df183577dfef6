"""Major incidents are found by how they stand, promises by their state, and an alert that may become one
waits for its hold-down to end.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "hg_confirmations",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_confirmations")),
    )
    op.create_index(op.f("ix_hg_confirmations_due_at"), "hg_confirmations", ["due_at"])
    op.create_index(op.f("ix_hg_promises_state_due_at"), "hg_promises", ["state", "due_at"])
    op.add_column("hg_incidents", sa.Column("major", sa.String(length=20), nullable=True))
    op.create_index(
        "ix_hg_incidents_major",
        "hg_incidents",
        ["major", "updated_at"],
        sqlite_where=sa.text("major IS NOT NULL"),
        postgresql_where=sa.text("major IS NOT NULL"),
    )
