"""Which rows are kept of tickets by which a service was seen to fail? A few days of them."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from .tables import INSTANT, metadata, partial

DUE_SIGHTING = "due_at IS NOT NULL"
BY_MONITOR = "requester IS NULL"
ASKED_SIGHTING = "surge IS NOT NULL"
"""What a partial index holds; a query repeats the words literally."""

sightings = Table(
    "hg_sightings",
    metadata,
    Column("ticket_id", String(200), nullable=False),
    # Empty as long as nobody has looked which one the ticket's title names.
    Column("service", String(200), nullable=False),
    Column("requester", String(200)),
    Column("seen_at", INSTANT, nullable=False),
    Column("basis", String(20), nullable=False),
    Column("surge", String(200)),
    Column("due_at", INSTANT),
    PrimaryKeyConstraint("ticket_id", "service"),
    Index(None, "service", "seen_at"),
    Index(None, "seen_at"),
    partial("ix_hg_sightings_due", "due_at", where=DUE_SIGHTING),
    partial("ix_hg_sightings_alerts", "service", "seen_at", where=BY_MONITOR),
    partial("ix_hg_sightings_asked", "surge", where=ASKED_SIGHTING),
)
