"""Where an approver's word is awaited, and how people said it went."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "hg_approval_steps",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("approval", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("since", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint(
            "incident_id", "approval", "place", name=op.f("pk_hg_approval_steps")
        ),
    )
    op.create_index(
        "ix_hg_approval_steps_due",
        "hg_approval_steps",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_hg_approval_steps_since"), "hg_approval_steps", ["since"])
    op.create_table(
        "hg_surveys",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("support_group", sa.String(length=200), nullable=True),
        sa.Column("service", sa.String(length=200), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_surveys")),
        sa.UniqueConstraint(
            "incident_id", "round", "person", name=op.f("uq_hg_surveys_incident_id_round_person")
        ),
    )
    op.create_index(
        "ix_hg_surveys_answered",
        "hg_surveys",
        ["answered_at"],
        sqlite_where=sa.text("answered_at IS NOT NULL"),
        postgresql_where=sa.text("answered_at IS NOT NULL"),
    )
    op.create_table(
        "hg_survey_turns",
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_hg_survey_turns")),
    )
