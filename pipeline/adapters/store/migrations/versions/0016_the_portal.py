"""Subscriptions, what was asked for and not confirmed yet, and tickets that belong to a major incident."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    _subscriptions()
    _opt_ins()
    op.create_table(
        "hg_attachments",
        sa.Column("ticket_id", sa.String(length=200), nullable=False),
        sa.Column("major_id", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("requester", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_hg_attachments")),
    )
    op.create_index(
        op.f("ix_hg_attachments_major_id_ticket_id"), "hg_attachments", ["major_id", "ticket_id"]
    )
    _partial(
        "ix_hg_incidents_major_opened", "hg_incidents", ["opened_at"], where="major IS NOT NULL"
    )
    _partial(
        *("ix_hg_messages_page", "hg_messages", ["incident_id", "created_at"]),
        where="channel = 'page'",
    )
    _partial(
        *("ix_hg_messages_subscriber", "hg_messages", ["recipient_key", "created_at"]),
        where="recipient_key LIKE 'subscriber:%'",
    )


def _subscriptions() -> None:
    op.create_table(
        "hg_subscriptions",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_subscriptions")),
    )
    op.create_index(
        op.f("ix_hg_subscriptions_channel_address"),
        *("hg_subscriptions", ["channel", "address"]),
        unique=True,
    )
    op.create_index(
        op.f("ix_hg_subscriptions_created_at_id"), "hg_subscriptions", ["created_at", "id"]
    )
    op.create_table(
        "hg_subscription_services",
        sa.Column("subscription_id", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["hg_subscriptions.id"],
            name=op.f("fk_hg_subscription_services_subscription_id"),
        ),
        sa.PrimaryKeyConstraint(
            *("subscription_id", "service"), name=op.f("pk_hg_subscription_services")
        ),
    )
    op.create_index(
        op.f("ix_hg_subscription_services_service"), "hg_subscription_services", ["service"]
    )


def _opt_ins() -> None:
    op.create_table(
        "hg_opt_ins",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_opt_ins")),
    )
    for columns in (["address", "asked_at"], ["client", "asked_at"], ["asked_at"]):
        op.create_index(op.f(f"ix_hg_opt_ins_{'_'.join(columns)}"), "hg_opt_ins", columns)
    _partial("ix_hg_opt_ins_due", "hg_opt_ins", ["due_at"], where="state = 'due'")


def _partial(name: str, table: str, columns: list[str], *, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)
