"""Which rows does a post-incident report have?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata, partial

OPEN_ACTION = "state = 'open'"

reports = Table(
    "hg_reports",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "state", "made_at"),
)

# Every revision stays: whose words stood there when is never lost.
report_texts = Table(
    "hg_report_texts",
    metadata,
    Column("incident_id", String(200), nullable=False),
    Column("edition", String(20), nullable=False),
    Column("section", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("incident_id", "edition", "section", "language", "revision"),
)

report_actions = Table(
    "hg_report_actions",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "incident_id"),
    partial("ix_hg_report_actions_due", "due_at", where=OPEN_ACTION),
)
