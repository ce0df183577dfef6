"""Tickets by which a service was seen to fail, a few days of them: so many at once ask whether it is a major incident."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "hg_sightings",
        sa.Column("ticket_id", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("requester", sa.String(length=200), nullable=True),
        sa.Column("seen_at", sa.String(length=27), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("surge", sa.String(length=200), nullable=True),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("ticket_id", "service", name=op.f("pk_hg_sightings")),
    )
    for columns in (["service", "seen_at"], ["seen_at"]):
        op.create_index(op.f(f"ix_hg_sightings_{'_'.join(columns)}"), "hg_sightings", columns)
    for name, columns, only in (
        ("due", ["due_at"], "due_at IS NOT NULL"),
        ("alerts", ["service", "seen_at"], "requester IS NULL"),
        ("asked", ["surge"], "surge IS NOT NULL"),
    ):
        op.create_index(
            f"ix_hg_sightings_{name}",
            "hg_sightings",
            columns,
            sqlite_where=sa.text(only),
            postgresql_where=sa.text(only),
        )
