"""Which rows do problems have? Themselves, and pairs of tickets of which a person said that they are not one failure."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata, partial

DUE_PROBLEM = "due_at IS NOT NULL"
WORKAROUND = "offers = 'yes'"

# `due_at` is when its fix is proven; `offers` tells in one step whether any workaround is to be looked for.
problems = Table(
    "hg_problems",
    metadata,
    Column("number", String(200), primary_key=True),
    Column("chain", String(200), nullable=False, unique=True),
    Column("opened_at", INSTANT, nullable=False),
    Column("due_at", INSTANT),
    Column("offers", String(3), nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "opened_at"),
    partial("ix_hg_problems_due", "due_at", where=DUE_PROBLEM),
    partial("ix_hg_problems_offers", "offers", where=WORKAROUND),
)

refused_links = Table(
    "hg_refused_links",
    metadata,
    Column("one", String(200), nullable=False),
    Column("other", String(200), nullable=False),
    Column("chain", String(200), nullable=False),
    PrimaryKeyConstraint("one", "other"),
    Index(None, "chain"),
)
