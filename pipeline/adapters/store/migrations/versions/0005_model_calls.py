"""Calls of chat models, and what they took."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "hg_model_calls",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=100), nullable=False),
        sa.Column("text_id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=True),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("prompt", sa.String(length=200), nullable=False),
        sa.Column("material", sa.String(length=200), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=True),
        sa.Column("tokens_out", sa.Integer(), nullable=True),
        sa.Column("money", sa.Float(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_model_calls")),
    )
    op.create_index(op.f("ix_hg_model_calls_at_id"), "hg_model_calls", ["at", "id"])
    op.create_index(
        op.f("ix_hg_model_calls_incident_id_at"), "hg_model_calls", ["incident_id", "at"]
    )
    op.create_index(
        "ix_hg_model_calls_texts",
        "hg_model_calls",
        ["at"],
        sqlite_where=sa.text("asked IS NOT NULL"),
        postgresql_where=sa.text("asked IS NOT NULL"),
    )
    op.create_index(
        "ix_hg_model_calls_answers",
        "hg_model_calls",
        ["material", "prompt"],
        sqlite_where=sa.text("answer IS NOT NULL"),
        postgresql_where=sa.text("answer IS NOT NULL"),
    )
    op.create_table(
        "hg_model_spending",
        sa.Column("purse", sa.String(length=240), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("money", sa.Float(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("purse", name=op.f("pk_hg_model_spending")),
    )
    op.create_index(
        op.f("ix_hg_model_spending_updated_at"), "hg_model_spending", ["updated_at"]
    )
