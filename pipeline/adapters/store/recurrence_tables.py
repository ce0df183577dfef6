"""Which rows does recurrence have? What is due, signatures, the postings by which they are found, links and chains."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
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

# `terms` are the numbers of those that were posted, so that they can be taken back; NULL when none are.
# An imported case was never judged: its `judgement` is empty. `place` counts cases in the order in
# which they were signed.
signatures = Table(
    "hg_signatures",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("place", Integer, nullable=False, unique=True),
    Column("at", INSTANT, nullable=False),
    Column("chain", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("judgement", Text, nullable=False),
    Column("terms", LargeBinary, nullable=True),
    Index(None, "chain", "at"),
)

# `term` is a number made of the term, `latest` eight octets for each of the latest cases that say it, in order of
# time. One row for each term and case would be read, and written, in as many places as there are cases.
postings = Table(
    "hg_postings",
    metadata,
    Column(
        "term", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("n", Integer, nullable=False),
    Column("latest", LargeBinary, nullable=False),
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
