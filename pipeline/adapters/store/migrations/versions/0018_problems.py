"""Problems, and pairs of tickets that are not one failure."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "hg_problems",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("chain", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("offers", sa.String(length=3), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_hg_problems")),
        sa.UniqueConstraint("chain", name=op.f("uq_hg_problems_chain")),
    )
    op.create_index(op.f("ix_hg_problems_opened_at"), "hg_problems", ["opened_at"])
    for name, column, where in (
        ("ix_hg_problems_due", "due_at", "due_at IS NOT NULL"),
        ("ix_hg_problems_offers", "offers", "offers = 'yes'"),
    ):
        op.create_index(
            name,
            "hg_problems",
            [column],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "hg_refused_links",
        sa.Column("one", sa.String(length=200), nullable=False),
        sa.Column("other", sa.String(length=200), nullable=False),
        sa.Column("chain", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_hg_refused_links")),
    )
    op.create_index(op.f("ix_hg_refused_links_chain"), "hg_refused_links", ["chain"])
