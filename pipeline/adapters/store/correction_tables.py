"""Which rows keep what was stated to whom, and what is proposed to put it right?"""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata

# What each text of a major incident stated, fact by fact; a message names its text.
statements = Table(
    "hg_statements",
    metadata,
    Column("rendition", String(240), nullable=False),
    Column("attribute", String(40), nullable=False),
    Column("incident_id", String(200), nullable=False),
    Column("audience", String(200), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("rendition", "attribute"),
    Index(None, "incident_id"),
)

correction_checks = Table(
    "hg_correction_checks",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("due_at", INSTANT, nullable=False),
    Index(None, "due_at"),
)

corrections = Table(
    "hg_corrections",
    metadata,
    Column("communication_id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "incident_id"),
)
