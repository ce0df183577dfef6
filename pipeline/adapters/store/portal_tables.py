"""Rows of the portal: subscriptions, what was asked for and not confirmed yet, and attached tickets."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy import text as sql

from .asked_tables import asked_table
from .tables import INSTANT, MAJOR, incidents, messages, metadata

ANY_SERVICE = "*"
ACTIVE = "state = 'active'"
ON_PAGE = "channel = 'page'"
TO_SUBSCRIBER = "recipient_key LIKE 'subscriber:%'"

subscriptions = Table(
    "hg_subscriptions",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("channel", String(40), nullable=False),
    # Folded: one mailbox is one subscription, however its name is typed.
    Column("address", String(1000), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "channel", "address", unique=True),
    Index(None, "created_at", "id"),
)

subscription_services = Table(
    "hg_subscription_services",
    metadata,
    Column("subscription_id", ForeignKey(subscriptions.c.id), nullable=False),
    Column("service", String(200), nullable=False),
    PrimaryKeyConstraint("subscription_id", "service"),
    Index(None, "service"),
)

opt_ins = asked_table("hg_opt_ins")

attachments = Table(
    "hg_attachments",
    metadata,
    Column("ticket_id", String(200), primary_key=True),
    Column("major_id", String(200), nullable=False),
    Column("source", String(200), nullable=False),
    Column("requester", String(200)),
    Index(None, "major_id", "ticket_id"),
)

Index(
    "ix_hg_incidents_major_opened",
    incidents.c.opened_at,
    sqlite_where=sql(MAJOR),
    postgresql_where=sql(MAJOR),
)
# The page's few rows stand among ten thousand of the same incident.
Index(
    "ix_hg_messages_page",
    messages.c.incident_id,
    messages.c.created_at,
    sqlite_where=sql(ON_PAGE),
    postgresql_where=sql(ON_PAGE),
)
Index(
    "ix_hg_messages_subscriber",
    messages.c.recipient_key,
    messages.c.created_at,
    sqlite_where=sql(TO_SUBSCRIBER),
    postgresql_where=sql(TO_SUBSCRIBER),
)
