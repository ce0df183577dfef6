"""A survey says what it asks, and who was not asked is kept with its reason."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column(
        "hg_surveys",
        sa.Column("kind", sa.String(length=20), nullable=False, server_default="repair"),
    )
    op.create_table(
        "hg_unasked",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "incident_id", "kind", "round", "person", name=op.f("pk_hg_unasked")
        ),
    )
