"""Rules in versions, what was activated when, trials against the past, and messages by recipient."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "hg_rule_versions",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("saved_at", sa.String(length=27), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_hg_rule_versions")),
    )
    op.create_index(
        op.f("ix_hg_rule_versions_saved_at_version"), "hg_rule_versions", ["saved_at", "version"]
    )
    op.create_table(
        "hg_rule_activations",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_hg_rule_activations")),
    )
    op.create_index(op.f("ix_hg_rule_activations_at"), "hg_rule_activations", ["at"])
    op.create_table(
        "hg_dry_runs",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_dry_runs")),
    )
    op.create_index(op.f("ix_hg_dry_runs_asked_at"), "hg_dry_runs", ["asked_at"])
    op.create_table(
        "hg_mutes",
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("person", "incident_id", name=op.f("pk_hg_mutes")),
    )
    op.create_index(
        op.f("ix_hg_messages_recipient_key_created_at"),
        "hg_messages",
        ["recipient_key", "created_at"],
    )
    op.create_index(
        "ix_hg_messages_waiting",
        "hg_messages",
        ["due_at", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
