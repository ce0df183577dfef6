"""What monitors' alerts are known by, and which services are under planned maintenance."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "hg_alerts",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=200), nullable=False),
        sa.Column("signal", sa.String(length=200), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=True),
        sa.Column("circle", sa.String(length=64), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=True),
        sa.Column("held_by", sa.String(length=200), nullable=True),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "fingerprint", name=op.f("pk_hg_alerts")),
    )
    op.create_index(op.f("ix_hg_alerts_changed_at"), "hg_alerts", ["changed_at"])
    op.create_index(op.f("ix_hg_alerts_live_changed_at"), "hg_alerts", ["live", "changed_at"])
    _partial("ix_hg_alerts_due", "hg_alerts", ["due_at"], "due_at IS NOT NULL")
    _partial("ix_hg_alerts_held", "hg_alerts", ["held_by"], "held_by IS NOT NULL")
    joined = "incident_id IS NOT NULL"
    _partial("ix_hg_alerts_service", "hg_alerts", ["service", "changed_at"], joined)
    _partial("ix_hg_alerts_circle", "hg_alerts", ["circle", "changed_at"], joined)
    _partial("ix_hg_alerts_incident", "hg_alerts", ["incident_id", "signal"], joined)
    op.create_table(
        "hg_maintenance",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.String(length=27), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_maintenance")),
    )
    _partial("ix_hg_maintenance_due", "hg_maintenance", ["due_at"], "due_at IS NOT NULL")
    op.create_table(
        "hg_maintained_services",
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint(
            "service", "incident_id", name=op.f("pk_hg_maintained_services")
        ),
    )
    op.create_index(
        op.f("ix_hg_maintained_services_incident_id"), "hg_maintained_services", ["incident_id"]
    )


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)
