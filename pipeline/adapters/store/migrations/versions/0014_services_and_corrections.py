"""History of services, who needs whom, who is where; what was stated to whom, and corrections of it."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    _register()
    _corrections()
    _index_what_is_there()


def _register() -> None:
    op.create_table(
        "hg_service_changes",
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "n", name=op.f("pk_hg_service_changes")),
    )
    op.create_table(
        "hg_service_needs",
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "needs", name=op.f("pk_hg_service_needs")),
    )
    op.create_index(op.f("ix_hg_service_needs_needs"), "hg_service_needs", ["needs"])
    op.create_table(
        "hg_person_places",
        sa.Column("place", sa.String(length=240), nullable=False),
        sa.Column("person_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("place", "person_id", name=op.f("pk_hg_person_places")),
    )
    op.create_index(op.f("ix_hg_person_places_person_id"), "hg_person_places", ["person_id"])


def _corrections() -> None:
    op.create_table(
        "hg_statements",
        sa.Column("rendition", sa.String(length=240), nullable=False),
        sa.Column("attribute", sa.String(length=40), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rendition", "attribute", name=op.f("pk_hg_statements")),
    )
    op.create_index(op.f("ix_hg_statements_incident_id"), "hg_statements", ["incident_id"])
    op.create_table(
        "hg_correction_checks",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_correction_checks")),
    )
    op.create_index(op.f("ix_hg_correction_checks_due_at"), "hg_correction_checks", ["due_at"])
    op.create_table(
        "hg_corrections",
        sa.Column("communication_id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("communication_id", name=op.f("pk_hg_corrections")),
    )
    op.create_index(op.f("ix_hg_corrections_incident_id"), "hg_corrections", ["incident_id"])


def _index_what_is_there() -> None:
    """People and services that were loaded by an earlier release."""
    connection = op.get_bind()
    places = sa.table("hg_person_places", sa.column("place"), sa.column("person_id"))
    needs = sa.table("hg_service_needs", sa.column("service_id"), sa.column("needs"))
    rows = []
    for name, body in connection.execute(sa.text("SELECT id, body FROM hg_people")):
        person = json.loads(body)
        for kind in ("site", "customer"):
            if person.get(kind):
                rows.append({"place": f"{kind}:{person[kind]}", "person_id": name})
    if rows:
        op.bulk_insert(places, rows)
    rows = [
        {"service_id": name, "needs": need}
        for name, body in connection.execute(sa.text("SELECT id, body FROM hg_services"))
        for need in dict.fromkeys(json.loads(body).get("depends_on", ()))
    ]
    if rows:
        op.bulk_insert(needs, rows)
