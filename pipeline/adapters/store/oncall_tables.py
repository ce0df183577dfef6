"""On-call calendars with their shifts, and what people want to hear of, and when."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata

rotas = Table(
    "hg_rotas",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Column("content", Text),
    Index(None, "due_at"),
)

shifts = Table(
    "hg_shifts",
    metadata,
    Column("rota", String(80), nullable=False),
    Column("n", Integer, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("rota", "n"),
    # Who has it now is asked in the transaction of an event: shifts that are over are not looked at.
    Index(None, "rota", "ends_at"),
)

# What a person, or a group for its members, wants to hear no more of, until when. Rows of `hg_mutes`, which know
# persons and tickets alone, are still read.
mutings = Table(
    "hg_mutings",
    metadata,
    Column("reader", String(220), nullable=False),
    Column("about", String(220), nullable=False),
    Column("until", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("reader", "about"),
    Index(None, "until"),
)

# When a person wants to be reached, as they say themselves: it counts before the directory.
wishes = Table(
    "hg_wishes",
    metadata,
    Column("person", String(200), primary_key=True),
    Column("body", Text, nullable=False),
)
