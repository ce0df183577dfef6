"""Rows of those who sign in to read the portal."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from .asked_tables import asked_table
from .tables import INSTANT, metadata

# Folded mail address → those who have it: nobody is looked for by reading everybody.
person_addresses = Table(
    "hg_person_addresses",
    metadata,
    Column("address", String(1000), nullable=False),
    Column("person_id", String(200), nullable=False),
    PrimaryKeyConstraint("address", "person_id"),
    Index(None, "person_id"),
)

reader_links = asked_table("hg_reader_links")

reader_sign_outs = Table(
    "hg_reader_sign_outs",
    metadata,
    Column("person", String(200), primary_key=True, nullable=False),
    Column("at", INSTANT, nullable=False),
)
