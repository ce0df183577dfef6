"""Post-incident reports: their state, every revision of their words, and what people undertook."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "hg_reports",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_reports")),
    )
    op.create_index(op.f("ix_hg_reports_state_made_at"), "hg_reports", ["state", "made_at"])
    op.create_table(
        "hg_report_texts",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "incident_id",
            "edition",
            "section",
            "language",
            "revision",
            name=op.f("pk_hg_report_texts"),
        ),
    )
    op.create_table(
        "hg_report_actions",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_report_actions")),
    )
    op.create_index(
        op.f("ix_hg_report_actions_incident_id"), "hg_report_actions", ["incident_id"]
    )
    op.create_index(
        "ix_hg_report_actions_due",
        "hg_report_actions",
        ["due_at"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
