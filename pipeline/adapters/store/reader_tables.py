"""Rows of those who sign in to read the portal."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy import text as sql

from .tables import INSTANT, metadata

DUE = "state = 'due'"

# Folded mail address → those who have it: nobody is looked for by reading everybody.
person_addresses = Table(
    "hg_person_addresses",
    metadata,
    Column("address", String(1000), nullable=False),
    Column("person_id", String(200), nullable=False),
    PrimaryKeyConstraint("address", "person_id"),
    Index(None, "person_id"),
)

reader_links = Table(
    "hg_reader_links",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("address", String(1000), nullable=False),
    Column("client", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "address", "asked_at"),
    Index(None, "client", "asked_at"),
    Index(None, "asked_at"),
    Index("ix_hg_reader_links_due", "due_at", sqlite_where=sql(DUE), postgresql_where=sql(DUE)),
)

reader_sign_outs = Table(
    "hg_reader_sign_outs",
    metadata,
    Column("person", String(200), primary_key=True, nullable=False),
    Column("at", INSTANT, nullable=False),
)
