"""On-call calendars with their shifts, what is muted, and when people want to be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "hg_rotas",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_rotas")),
    )
    op.create_index(op.f("ix_hg_rotas_due_at"), "hg_rotas", ["due_at"])
    op.create_table(
        "hg_shifts",
        sa.Column("rota", sa.String(length=80), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rota", "n", name=op.f("pk_hg_shifts")),
    )
    op.create_index(op.f("ix_hg_shifts_rota_ends_at"), "hg_shifts", ["rota", "ends_at"])
    op.create_table(
        "hg_mutings",
        sa.Column("reader", sa.String(length=220), nullable=False),
        sa.Column("about", sa.String(length=220), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reader", "about", name=op.f("pk_hg_mutings")),
    )
    op.create_index(op.f("ix_hg_mutings_until"), "hg_mutings", ["until"])
    op.create_table(
        "hg_wishes",
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_hg_wishes")),
    )
