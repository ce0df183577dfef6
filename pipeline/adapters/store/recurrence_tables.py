"""Which rows does recurrence have? What is due, signatures, the terms by which they are found, links and chains."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from .tables import INSTANT, metadata, partial

DUE_JUDGING = "state = 'due'"

judging = Table(
    "hg_recurrence_due",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("tries", Integer, nullable=False),
    partial("ix_hg_recurrence_due_due", "due_at", where=DUE_JUDGING),
)

# `place` counts cases in the order in which they were signed: the latest have the greatest.
signatures = Table(
    "hg_signatures",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("place", Integer, nullable=False, unique=True),
    Column("at", INSTANT, nullable=False),
    Column("chain", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("judgement", Text, nullable=False),
    Index(None, "chain", "at"),
)

signature_terms = Table(
    "hg_signature_terms",
    metadata,
    Column("term", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("term", "place"),
    Index(None, "place"),
)

# Counting a common term anew for each ticket would read every case that says it.
term_counts = Table(
    "hg_term_counts",
    metadata,
    Column("term", String(64), primary_key=True),
    Column("n", Integer, nullable=False),
)

links = Table(
    "hg_recurrence_links",
    metadata,
    Column("later", String(200), nullable=False),
    Column("earlier", String(200), nullable=False),
    Column("odds", Float, nullable=False),
    PrimaryKeyConstraint("later", "earlier"),
)

chains = Table(
    "hg_chains",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("proposed_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "proposed_at"),
)
