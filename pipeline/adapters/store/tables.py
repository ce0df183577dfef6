"""Which rows are there? Every table, its keys, and the index behind each claim.

Instants are kept as text in UTC (`domain.times.to_text`): it sorts, and reads the same on both
databases. What is only ever read whole is kept as JSON text beside the columns that are searched.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)
INSTANT = String(27)

sources = Table(
    "hg_sources",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("owner", String(20), nullable=False),
    Column("thread_token", Text, nullable=False),
)

counters = Table(
    "hg_counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)

events = Table(
    "hg_events",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("source", String(200), nullable=False),
    Column("source_id", String(200), nullable=False),
    Column("type", String(200), nullable=False),
    Column("incident_id", String(200), nullable=False),
    Column("number", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("data", Text, nullable=False),
    # A person's data, apart from the rest: NULL after an erasure, while the event stays.
    Column("personal", Text),
    UniqueConstraint("source", "source_id"),
    UniqueConstraint("incident_id", "version"),
)

incidents = Table(
    "hg_incidents",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("source", String(200), nullable=False),
    Column("number", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("service", String(200)),
    Column("support_group", String(200)),
    Column("opened_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("search", Text, nullable=False),
    Column("snapshot", Text, nullable=False),
    UniqueConstraint("source", "number"),
    Index(None, "updated_at", "id"),
    Index(None, "state", "updated_at"),
    Index(None, "number"),
)


def _entries(name: str) -> Table:
    return Table(
        f"hg_{name}",
        metadata,
        Column("id", String(200), primary_key=True),
        Column("body", Text, nullable=False),
    )


people = _entries("people")
groups = _entries("groups")
services = _entries("services")
sites = _entries("sites")
customers = _entries("customers")

communications = Table(
    "hg_communications",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("audience", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("lease_until", INSTANT),
    Column("tries", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("settled_at", INSTANT),
    Column("merged_into", String(200)),
    Column("outcome", Text),
    Column("told", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "incident_id", "created_at"),
    # Claims look at planned rows only, lane by lane in the order in which they are due.
    Index(
        "ix_hg_communications_due",
        "lane",
        "due_at",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
    Index(
        "ix_hg_communications_waiting",
        "due_at",
        sqlite_where=text("state IN ('held', 'parked')"),
        postgresql_where=text("state IN ('held', 'parked')"),
    ),
)

drafts = Table(
    "hg_drafts",
    metadata,
    Column("communication_id", ForeignKey(communications.c.id), nullable=False),
    Column("language", String(8), nullable=False),
    Column("verdict", Text, nullable=False),
    PrimaryKeyConstraint("communication_id", "language"),
)

renditions = Table(
    "hg_renditions",
    metadata,
    Column("id", String(240), primary_key=True),
    Column("communication_id", ForeignKey(communications.c.id), nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "communication_id"),
)

releases = Table(
    "hg_releases",
    metadata,
    Column("communication_id", ForeignKey(communications.c.id), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "communication_id"),
)

messages = Table(
    "hg_messages",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("bundle", String(200), nullable=False),
    Column("incident_id", String(200), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("lease_until", INSTANT),
    Column("tries", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "bundle"),
    Index(None, "incident_id", "created_at"),
    Index(
        "ix_hg_messages_due",
        "channel",
        "lane",
        "due_at",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_hg_messages_leased",
        "lease_until",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "ix_hg_messages_failed",
        "created_at",
        sqlite_where=text("state IN ('rejected', 'maybe_sent', 'parked')"),
        postgresql_where=text("state IN ('rejected', 'maybe_sent', 'parked')"),
    ),
)

message_contents = Table(
    "hg_message_contents",
    metadata,
    Column("message_id", ForeignKey(messages.c.id), nullable=False),
    Column("communication_id", String(200), nullable=False),
    PrimaryKeyConstraint("message_id", "communication_id"),
    Index(None, "communication_id"),
)

attempts = Table(
    "hg_attempts",
    metadata,
    Column("message_id", ForeignKey(messages.c.id), nullable=False),
    Column("n", Integer, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT),
    Column("outcome", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("provider_id", Text),
    PrimaryKeyConstraint("message_id", "n"),
)

promises = Table(
    "hg_promises",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "incident_id"),
    Index(
        "ix_hg_promises_due",
        "due_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

requests = Table(
    "hg_requests",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "state", "asked_at"),
    Index(None, "incident_id"),
)

alarms = Table(
    "hg_alarms",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(300), nullable=False),
    Column("code", String(80), nullable=False),
    Column("values", Text, nullable=False),
    Column("raised_at", INSTANT, nullable=False),
    Column("cleared_at", INSTANT),
    Column("incident_id", String(200)),
    Index(
        "ix_hg_alarms_open",
        "key",
        unique=True,
        sqlite_where=text("cleared_at IS NULL"),
        postgresql_where=text("cleared_at IS NULL"),
    ),
)

packs = Table(
    "hg_packs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("version", String(64), nullable=False),
    Column("activated_at", INSTANT, nullable=False),
    Column("files", Text, nullable=False),
    Index(None, "kind", "id"),
)

tokens = Table(
    "hg_tokens",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT),
    Column("revoked_at", INSTANT),
)

sign_ins = Table(
    "hg_sign_ins",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("person", String(200), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Column("used", Boolean, nullable=False),
)

sessions = Table(
    "hg_sessions",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("person", String(200), nullable=False),
    Column("csrf", String(100), nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Index(None, "expires_at"),
)
