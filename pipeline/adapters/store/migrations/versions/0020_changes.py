"""Changes to services, and the indexes by which it is found what failed when."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "hg_changes",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("began_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_changes")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_hg_changes_source_number")),
    )
    op.create_index(op.f("ix_hg_changes_began_at"), "hg_changes", ["began_at"])
    op.create_table(
        "hg_changed_services",
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("began_at", sa.String(length=27), nullable=False),
        sa.Column("change_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint(
            "service", "began_at", "change_id", name=op.f("pk_hg_changed_services")
        ),
    )
    op.create_index(op.f("ix_hg_changed_services_change_id"), "hg_changed_services", ["change_id"])
    op.create_index("ix_hg_incidents_opened_at", "hg_incidents", ["opened_at"])
    op.create_index(
        "ix_hg_incidents_service_opened_at", "hg_incidents", ["service", "opened_at"]
    )
