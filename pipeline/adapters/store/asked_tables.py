"""A table of mails that somebody asked for on a public page: who asked, for which address, and what became of it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text
from sqlalchemy import text as sql

from .tables import INSTANT, metadata

DUE = "state = 'due'"


def asked_table(name: str) -> Table:
    return Table(
        name,
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
        Index(
            f"ix_{name}_due",
            "due_at",
            sqlite_where=sql(DUE),
            postgresql_where=sql(DUE),
        ),
    )
