"""How much of a service level is used up on each ticket, and which are closed after silence."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "hg_closings",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_closings")),
    )
    op.create_index(op.f("ix_hg_closings_due_at"), "hg_closings", ["due_at"])
    op.create_table(
        "hg_service_clocks",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("look_at", sa.String(length=27), nullable=True),
        sa.Column("deadline", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_service_clocks")),
    )
    op.create_index("ix_hg_service_clocks_incident", "hg_service_clocks", ["incident_id"])
    op.create_index(
        "ix_hg_service_clocks_look_at",
        "hg_service_clocks",
        ["look_at"],
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.create_index(
        "ix_hg_service_clocks_going",
        "hg_service_clocks",
        ["state", "deadline"],
        sqlite_where=sa.text("state IN ('running', 'paused')"),
        postgresql_where=sa.text("state IN ('running', 'paused')"),
    )
    op.create_index("ix_hg_service_clocks_ended", "hg_service_clocks", ["state", "ended_at"])
