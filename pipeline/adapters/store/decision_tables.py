"""Which rows are there of approvals and surveys? Their tables, and the index behind each look."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from .tables import INSTANT, metadata

DUE_STEP = "due_at IS NOT NULL"
ANSWERED = "answered_at IS NOT NULL"

# Where an approver's word is awaited, and what is due there.
approval_steps = Table(
    "hg_approval_steps",
    metadata,
    Column("incident_id", String(200), nullable=False),
    Column("approval", String(200), nullable=False),
    Column("place", Integer, nullable=False),
    Column("step", String(20), nullable=False),
    Column("due_at", INSTANT),
    Column("since", INSTANT, nullable=False),
    PrimaryKeyConstraint("incident_id", "approval", "place"),
    Index(
        "ix_hg_approval_steps_due",
        "due_at",
        sqlite_where=text(DUE_STEP),
        postgresql_where=text(DUE_STEP),
    ),
    Index(None, "since"),
)

surveys = Table(
    "hg_surveys",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("round", Integer, nullable=False),
    Column("person", String(200), nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Column("support_group", String(200)),
    Column("service", String(200)),
    Column("score", Integer),
    Column("comment", Text),
    Column("answered_at", INSTANT),
    Column("revision", Integer, nullable=False),
    Column("kind", String(20), nullable=False, server_default="repair"),
    UniqueConstraint("incident_id", "round", "person"),
    Index(
        "ix_hg_surveys_answered",
        "answered_at",
        sqlite_where=text(ANSWERED),
        postgresql_where=text(ANSWERED),
    ),
)

# When a person, or a mail address, was asked last: of two tickets that are resolved at once, one asks.
survey_turns = Table(
    "hg_survey_turns",
    metadata,
    Column("person", String(200), primary_key=True),
    Column("asked_at", INSTANT, nullable=False),
)

# Who was not asked, and why.
unasked = Table(
    "hg_unasked",
    metadata,
    Column("incident_id", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("round", Integer, nullable=False),
    Column("person", String(200), nullable=False),
    Column("decided_at", INSTANT, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("incident_id", "kind", "round", "person"),
)
