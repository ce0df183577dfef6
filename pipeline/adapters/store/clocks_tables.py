"""Which rows are the clocks of service levels? One for each limit of a ticket and round."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from .tables import INSTANT, metadata

DUE_CLOCK = "look_at IS NOT NULL"
GOING_CLOCK = "state IN ('running', 'paused')"
"""What the partial indexes hold; a query repeats the words literally."""

closings = Table(
    "hg_closings",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("due_at", INSTANT, nullable=False, index=True),
)

service_clocks = Table(
    "hg_service_clocks",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("what", String(20), nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("look_at", INSTANT),
    Column("deadline", INSTANT),
    Column("ended_at", INSTANT),
    Column("body", Text, nullable=False),
    Index("ix_hg_service_clocks_incident", "incident_id"),
    Index(
        "ix_hg_service_clocks_look_at",
        "look_at",
        sqlite_where=text(DUE_CLOCK),
        postgresql_where=text(DUE_CLOCK),
    ),
    Index(
        "ix_hg_service_clocks_going",
        "state",
        "deadline",
        sqlite_where=text(GOING_CLOCK),
        postgresql_where=text(GOING_CLOCK),
    ),
    Index("ix_hg_service_clocks_ended", "state", "ended_at"),
)
