"""Signatures of tickets, links between them, and the chains that they make."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "hg_recurrence_due",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_recurrence_due")),
    )
    op.create_index(
        "ix_hg_recurrence_due_due",
        "hg_recurrence_due",
        ["due_at"],
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    )
    op.create_table(
        "hg_signatures",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("chain", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_signatures")),
        sa.UniqueConstraint("place", name=op.f("uq_hg_signatures_place")),
    )
    op.create_index(op.f("ix_hg_signatures_chain_at"), "hg_signatures", ["chain", "at"])
    op.create_table(
        "hg_signature_terms",
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", "place", name=op.f("pk_hg_signature_terms")),
    )
    op.create_index(op.f("ix_hg_signature_terms_place"), "hg_signature_terms", ["place"])
    op.create_table(
        "hg_term_counts",
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_hg_term_counts")),
    )
    op.create_table(
        "hg_recurrence_links",
        sa.Column("later", sa.String(length=200), nullable=False),
        sa.Column("earlier", sa.String(length=200), nullable=False),
        sa.Column("odds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("later", "earlier", name=op.f("pk_hg_recurrence_links")),
    )
    op.create_table(
        "hg_chains",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_chains")),
    )
    op.create_index(op.f("ix_hg_chains_proposed_at"), "hg_chains", ["proposed_at"])
