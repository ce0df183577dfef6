"""Postings of terms in one row each, and the past that was brought in.

The tables of 0017 that are dropped were in no release. Cases that were signed before are signed anew: each is due.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "hg_postings",
        sa.Column(
            "term", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False
        ),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("latest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_hg_postings")),
    )
    op.add_column("hg_signatures", sa.Column("terms", sa.LargeBinary(), nullable=True))
    op.execute(
        "UPDATE hg_recurrence_due SET state = 'due', tries = 0, due_at = "
        "(SELECT at FROM hg_signatures WHERE hg_signatures.incident_id = hg_recurrence_due.incident_id) "
        "WHERE incident_id IN (SELECT incident_id FROM hg_signatures)"
    )
    op.execute("UPDATE hg_signatures SET body = ''")
    op.drop_index(op.f("ix_hg_signature_terms_place"), table_name="hg_signature_terms")
    op.drop_table("hg_signature_terms")
    op.drop_table("hg_term_counts")
    op.create_table(
        "hg_past_tickets",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_past_tickets")),
    )
    op.create_table(
        "hg_history_imports",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_history_imports")),
    )
    op.create_index(op.f("ix_hg_history_imports_at"), "hg_history_imports", ["at"])
    op.create_index(
        "ix_hg_history_imports_due",
        "hg_history_imports",
        ["due_at"],
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "hg_history_comparing",
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("at", "id", name=op.f("pk_hg_history_comparing")),
    )
    op.create_index(op.f("ix_hg_history_comparing_id"), "hg_history_comparing", ["id"], unique=True)
