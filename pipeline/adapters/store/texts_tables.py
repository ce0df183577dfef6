"""Which rows are there of releases and of the versions of texts?"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, text

from .tables import INSTANT, metadata

DUE_AGREEMENT = "state = 'open' AND due_at IS NOT NULL"

agreements = Table(
    "hg_agreements",
    metadata,
    Column("communication_id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT),
    Column("body", Text, nullable=False),
    Index(
        "ix_hg_agreements_due",
        "due_at",
        sqlite_where=text(DUE_AGREEMENT),
        postgresql_where=text(DUE_AGREEMENT),
    ),
)

votes = Table(
    "hg_votes",
    metadata,
    Column("communication_id", String(200), nullable=False),
    Column("person", String(200), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("communication_id", "person"),
)

template_versions = Table(
    "hg_template_versions",
    metadata,
    Column("name", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("saved_at", INSTANT, nullable=False),
    Column("author", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("texts", Text, nullable=False),
    PrimaryKeyConstraint("name", "version"),
)

template_activations = Table(
    "hg_template_activations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("author", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Index(None, "name", "id"),
)
