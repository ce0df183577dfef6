"""Which rows are kept of monitors' alerts and of planned maintenance? Their keys, and the index behind each claim."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata, partial

DUE_ALERT = "due_at IS NOT NULL"
HELD_ALERT = "held_by IS NOT NULL"
JOINED_ALERT = "incident_id IS NOT NULL"
DUE_MAINTENANCE = "due_at IS NOT NULL"
"""What a partial index holds; a query repeats the words literally."""

alerts = Table(
    "hg_alerts",
    metadata,
    Column("source", String(200), nullable=False),
    Column("fingerprint", String(200), nullable=False),
    Column("signal", String(200), nullable=False),
    # What fires, and what flaps: neither is over.
    Column("live", Boolean, nullable=False),
    Column("service", String(200)),
    # What its monitor put together with it, of one source.
    Column("circle", String(64), nullable=False),
    Column("incident_id", String(200)),
    Column("held_by", String(200)),
    Column("due_at", INSTANT),
    Column("changed_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("source", "fingerprint"),
    Index(None, "changed_at"),
    Index(None, "live", "changed_at"),
    partial("ix_hg_alerts_due", "due_at", where=DUE_ALERT),
    partial("ix_hg_alerts_held", "held_by", where=HELD_ALERT),
    partial("ix_hg_alerts_service", "service", "changed_at", where=JOINED_ALERT),
    partial("ix_hg_alerts_circle", "circle", "changed_at", where=JOINED_ALERT),
    partial("ix_hg_alerts_incident", "incident_id", "signal", where=JOINED_ALERT),
)

maintenance = Table(
    "hg_maintenance",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("number", String(200), nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    # When its next reminder, or its end, is to be recorded; NULL once it is over.
    Column("due_at", INSTANT),
    partial("ix_hg_maintenance_due", "due_at", where=DUE_MAINTENANCE),
)

maintained = Table(
    "hg_maintained_services",
    metadata,
    Column("service", String(200), nullable=False),
    Column("incident_id", String(200), nullable=False),
    PrimaryKeyConstraint("service", "incident_id"),
    Index(None, "incident_id"),
)
