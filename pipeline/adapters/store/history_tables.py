"""Which rows does the past have? Its tickets, the files that told of them, and what is still to be compared."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata, partial

RUNNING = "state = 'running'"

past_tickets = Table(
    "hg_past_tickets",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("body", Text, nullable=False),
)

imports = Table(
    "hg_history_imports",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "at"),
    partial("ix_hg_history_imports_due", "due_at", where=RUNNING),
)

# In the order in which they happened: `at` is no time at which anything is due.
comparing = Table(
    "hg_history_comparing",
    metadata,
    Column("at", INSTANT, nullable=False),
    Column("id", String(40), nullable=False),
    PrimaryKeyConstraint("at", "id"),
    Index(None, "id", unique=True),
)
