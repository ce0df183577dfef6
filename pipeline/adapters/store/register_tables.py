"""Which rows keep the register of services? Its history, and two indexes over documents of the directory."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from .tables import INSTANT, metadata

# No foreign key to the service: what was recorded of it stays, whatever becomes of the row.
service_changes = Table(
    "hg_service_changes",
    metadata,
    Column("service_id", String(200), nullable=False),
    Column("n", Integer, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("service_id", "n"),
)

service_needs = Table(
    "hg_service_needs",
    metadata,
    Column("service_id", String(200), nullable=False),
    Column("needs", String(200), nullable=False),
    PrimaryKeyConstraint("service_id", "needs"),
    Index(None, "needs"),
)

# Site or customer → its people: who uses a service is found without reading everybody.
person_places = Table(
    "hg_person_places",
    metadata,
    Column("place", String(240), nullable=False),
    Column("person_id", String(200), nullable=False),
    PrimaryKeyConstraint("place", "person_id"),
    Index(None, "person_id"),
)
