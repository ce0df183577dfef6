"""Who signs in to read the portal: people by their mail addresses, links that were asked for, signing out everywhere."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "hg_person_addresses",
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("person_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("address", "person_id", name=op.f("pk_hg_person_addresses")),
    )
    op.create_index(op.f("ix_hg_person_addresses_person_id"), "hg_person_addresses", ["person_id"])
    op.create_table(
        "hg_reader_links",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_reader_links")),
    )
    for columns in (["address", "asked_at"], ["client", "asked_at"], ["asked_at"]):
        op.create_index(op.f(f"ix_hg_reader_links_{'_'.join(columns)}"), "hg_reader_links", columns)
    due = sa.text("state = 'due'")
    op.create_index(
        "ix_hg_reader_links_due", "hg_reader_links", ["due_at"], sqlite_where=due, postgresql_where=due
    )
    op.create_table(
        "hg_reader_sign_outs",
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_hg_reader_sign_outs")),
    )
    _address_people()


def _address_people() -> None:
    """Those whom the directory knows already, by their mail addresses."""
    people = sa.table("hg_people", sa.column("id"), sa.column("body"))
    addresses = sa.table("hg_person_addresses", sa.column("address"), sa.column("person_id"))
    bind = op.get_bind()
    rows = [
        {"address": address, "person_id": one.id}
        for one in bind.execute(sa.select(people.c.id, people.c.body)).all()
        for address in _mails(json.loads(one.body))
    ]
    if rows:
        bind.execute(sa.insert(addresses), rows)


def _mails(person: dict[str, Any]) -> list[str]:
    if not person.get("active", True):
        return []
    known = person.get("addresses", ())
    return sorted({a["value"].strip().casefold() for a in known if a["channel"] == "mail"})
