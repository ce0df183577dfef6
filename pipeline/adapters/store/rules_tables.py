"""Which rules were written, which were in force from when, and what a trial against the past found?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, text

from .tables import INSTANT, messages, metadata

WAITS = "state = 'waiting'"

# A version is named by the digest of its files: the same rules are the same version, whoever wrote them.
rule_versions = Table(
    "hg_rule_versions",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("saved_at", INSTANT, nullable=False),
    Column("saved_by", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("files", Text, nullable=False),
    Index(None, "saved_at", "version"),
)

# The newest is in force. Its number is the key: of two who activate at once the second is refused.
rule_activations = Table(
    "hg_rule_activations",
    metadata,
    Column("n", Integer, autoincrement=False, nullable=False),
    Column("version", String(64), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("by", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("n"),
    Index(None, "at"),
)

dry_runs = Table(
    "hg_dry_runs",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("asked_by", String(200), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("result", Text),
    Index(None, "asked_at"),
)

# What a person wants to hear no more of, until when.
mutes = Table(
    "hg_mutes",
    metadata,
    Column("person", String(200), nullable=False),
    Column("incident_id", String(200), nullable=False),
    Column("until", INSTANT, nullable=False),
    PrimaryKeyConstraint("person", "incident_id"),
)

# "What did this person get, and when?" is asked without reading everybody's messages.
Index(None, messages.c.recipient_key, messages.c.created_at)
Index(
    "ix_hg_messages_waiting",
    messages.c.due_at,
    messages.c.id,
    sqlite_where=text(WAITS),
    postgresql_where=text(WAITS),
)
