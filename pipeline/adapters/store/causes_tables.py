"""Which rows are kept of changes, and by which index is it found what failed when?"""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from .tables import INSTANT, incidents, metadata

changes = Table(
    "hg_changes",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("source", String(200), nullable=False),
    Column("number", String(200), nullable=False),
    Column("began_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("source", "number"),
    Index(None, "began_at"),
)

changed_services = Table(
    "hg_changed_services",
    metadata,
    Column("service", String(200), nullable=False),
    Column("began_at", INSTANT, nullable=False),
    Column("change_id", String(200), nullable=False),
    PrimaryKeyConstraint("service", "began_at", "change_id"),
    Index(None, "change_id"),
)

OPENED_THEN = Index("ix_hg_incidents_opened_at", incidents.c.opened_at)
OPENED = Index("ix_hg_incidents_service_opened_at", incidents.c.service, incidents.c.opened_at)
