"""Every table of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "hg_alarms",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.String(length=27), nullable=False),
        sa.Column("cleared_at", sa.String(length=27), nullable=True),
        sa.Column("incident_id", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_alarms")),
    )
    op.create_index(
        "ix_hg_alarms_open",
        "hg_alarms",
        ["key"],
        unique=True,
        sqlite_where=sa.text("cleared_at IS NULL"),
        postgresql_where=sa.text("cleared_at IS NULL"),
    )
    op.create_table(
        "hg_communications",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("lease_until", sa.String(length=27), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("settled_at", sa.String(length=27), nullable=True),
        sa.Column("merged_into", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_communications")),
    )
    op.create_index(
        "ix_hg_communications_due",
        "hg_communications",
        ["lane", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'planned' AND lease_until IS NULL"),
        postgresql_where=sa.text("state = 'planned' AND lease_until IS NULL"),
    )
    op.create_index(
        op.f("ix_hg_communications_incident_id_created_at"),
        "hg_communications",
        ["incident_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_hg_communications_leased",
        "hg_communications",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 'planned' AND lease_until IS NOT NULL"),
        postgresql_where=sa.text("state = 'planned' AND lease_until IS NOT NULL"),
    )
    op.create_index(
        "ix_hg_communications_waiting",
        "hg_communications",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('held', 'parked')"),
        postgresql_where=sa.text("state IN ('held', 'parked')"),
    )
    op.create_table(
        "hg_counters",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hg_counters")),
    )
    op.create_table(
        "hg_customers",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_customers")),
    )
    op.create_table(
        "hg_events",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.String(length=27), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("personal", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_events")),
        sa.UniqueConstraint(
            "incident_id", "version", name=op.f("uq_hg_events_incident_id_version")
        ),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_hg_events_source_source_id")),
    )
    op.create_table(
        "hg_groups",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_groups")),
    )
    op.create_table(
        "hg_incidents",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=True),
        sa.Column("support_group", sa.String(length=200), nullable=True),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_incidents")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_hg_incidents_source_number")),
    )
    op.create_index(op.f("ix_hg_incidents_number"), "hg_incidents", ["number"], unique=False)
    op.create_index(
        op.f("ix_hg_incidents_state_updated_at"),
        "hg_incidents",
        ["state", "updated_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_hg_incidents_updated_at_id"), "hg_incidents", ["updated_at", "id"], unique=False
    )
    op.create_table(
        "hg_messages",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("bundle", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("recipient_key", sa.String(length=240), nullable=False),
        sa.Column("rendition", sa.String(length=240), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("lease_until", sa.String(length=27), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_messages")),
    )
    op.create_index(op.f("ix_hg_messages_bundle"), "hg_messages", ["bundle"], unique=False)
    op.create_index(
        "ix_hg_messages_due",
        "hg_messages",
        ["channel", "lane", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        op.f("ix_hg_messages_incident_id_created_at"),
        "hg_messages",
        ["incident_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_hg_messages_leased",
        "hg_messages",
        ["channel", "lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_hg_messages_stopped",
        "hg_messages",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('held', 'rejected', 'maybe_sent', 'parked')"),
        postgresql_where=sa.text("state IN ('held', 'rejected', 'maybe_sent', 'parked')"),
    )
    op.create_table(
        "hg_packs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("activated_at", sa.String(length=27), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_packs")),
    )
    op.create_index(op.f("ix_hg_packs_kind_id"), "hg_packs", ["kind", "id"], unique=False)
    op.create_table(
        "hg_people",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_people")),
    )
    op.create_table(
        "hg_promises",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_promises")),
    )
    op.create_index(
        "ix_hg_promises_due",
        "hg_promises",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        op.f("ix_hg_promises_incident_id"), "hg_promises", ["incident_id"], unique=False
    )
    op.create_table(
        "hg_requests",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_requests")),
    )
    op.create_index(
        op.f("ix_hg_requests_incident_id"), "hg_requests", ["incident_id"], unique=False
    )
    op.create_index(
        op.f("ix_hg_requests_state_asked_at"), "hg_requests", ["state", "asked_at"], unique=False
    )
    op.create_table(
        "hg_services",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_services")),
    )
    op.create_table(
        "hg_sessions",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("csrf", sa.String(length=100), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_hg_sessions")),
    )
    op.create_index(op.f("ix_hg_sessions_expires_at"), "hg_sessions", ["expires_at"], unique=False)
    op.create_table(
        "hg_sign_ins",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_hg_sign_ins")),
    )
    op.create_table(
        "hg_sites",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_sites")),
    )
    op.create_table(
        "hg_sources",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("thread_token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hg_sources")),
    )
    op.create_table(
        "hg_tokens",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=True),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_tokens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_hg_tokens_secret_hash")),
    )
    op.create_table(
        "hg_attempts",
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("finished_at", sa.String(length=27), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["hg_messages.id"], name=op.f("fk_hg_attempts_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "n", name=op.f("pk_hg_attempts")),
    )
    op.create_table(
        "hg_drafts",
        sa.Column("communication_id", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["communication_id"],
            ["hg_communications.id"],
            name=op.f("fk_hg_drafts_communication_id"),
        ),
        sa.PrimaryKeyConstraint("communication_id", "language", name=op.f("pk_hg_drafts")),
    )
    op.create_table(
        "hg_message_contents",
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("communication_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["hg_messages.id"], name=op.f("fk_hg_message_contents_message_id")
        ),
        sa.PrimaryKeyConstraint(
            "message_id", "communication_id", name=op.f("pk_hg_message_contents")
        ),
    )
    op.create_index(
        op.f("ix_hg_message_contents_communication_id"),
        "hg_message_contents",
        ["communication_id"],
        unique=False,
    )
    op.create_table(
        "hg_releases",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("communication_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["communication_id"],
            ["hg_communications.id"],
            name=op.f("fk_hg_releases_communication_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_releases")),
    )
    op.create_index(
        op.f("ix_hg_releases_communication_id"), "hg_releases", ["communication_id"], unique=False
    )
    op.create_table(
        "hg_renditions",
        sa.Column("id", sa.String(length=240), nullable=False),
        sa.Column("communication_id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["communication_id"],
            ["hg_communications.id"],
            name=op.f("fk_hg_renditions_communication_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_renditions")),
    )
    op.create_index(
        op.f("ix_hg_renditions_communication_id"),
        "hg_renditions",
        ["communication_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_hg_renditions_communication_id"), table_name="hg_renditions")
    op.drop_table("hg_renditions")
    op.drop_index(op.f("ix_hg_releases_communication_id"), table_name="hg_releases")
    op.drop_table("hg_releases")
    op.drop_index(op.f("ix_hg_message_contents_communication_id"), table_name="hg_message_contents")
    op.drop_table("hg_message_contents")
    op.drop_table("hg_drafts")
    op.drop_table("hg_attempts")
    op.drop_table("hg_tokens")
    op.drop_table("hg_sources")
    op.drop_table("hg_sites")
    op.drop_table("hg_sign_ins")
    op.drop_index(op.f("ix_hg_sessions_expires_at"), table_name="hg_sessions")
    op.drop_table("hg_sessions")
    op.drop_table("hg_services")
    op.drop_index(op.f("ix_hg_requests_state_asked_at"), table_name="hg_requests")
    op.drop_index(op.f("ix_hg_requests_incident_id"), table_name="hg_requests")
    op.drop_table("hg_requests")
    op.drop_index(op.f("ix_hg_promises_incident_id"), table_name="hg_promises")
    op.drop_index(
        "ix_hg_promises_due",
        table_name="hg_promises",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_table("hg_promises")
    op.drop_table("hg_people")
    op.drop_index(op.f("ix_hg_packs_kind_id"), table_name="hg_packs")
    op.drop_table("hg_packs")
    op.drop_index(
        "ix_hg_messages_stopped",
        table_name="hg_messages",
        sqlite_where=sa.text("state IN ('held', 'rejected', 'maybe_sent', 'parked')"),
        postgresql_where=sa.text("state IN ('held', 'rejected', 'maybe_sent', 'parked')"),
    )
    op.drop_index(
        "ix_hg_messages_leased",
        table_name="hg_messages",
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.drop_index(op.f("ix_hg_messages_incident_id_created_at"), table_name="hg_messages")
    op.drop_index(
        "ix_hg_messages_due",
        table_name="hg_messages",
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.drop_index(op.f("ix_hg_messages_bundle"), table_name="hg_messages")
    op.drop_table("hg_messages")
    op.drop_index(op.f("ix_hg_incidents_updated_at_id"), table_name="hg_incidents")
    op.drop_index(op.f("ix_hg_incidents_state_updated_at"), table_name="hg_incidents")
    op.drop_index(op.f("ix_hg_incidents_number"), table_name="hg_incidents")
    op.drop_table("hg_incidents")
    op.drop_table("hg_groups")
    op.drop_table("hg_events")
    op.drop_table("hg_customers")
    op.drop_table("hg_counters")
    op.drop_index(
        "ix_hg_communications_waiting",
        table_name="hg_communications",
        sqlite_where=sa.text("state IN ('held', 'parked')"),
        postgresql_where=sa.text("state IN ('held', 'parked')"),
    )
    op.drop_index(
        "ix_hg_communications_leased",
        table_name="hg_communications",
        sqlite_where=sa.text("state = 'planned' AND lease_until IS NOT NULL"),
        postgresql_where=sa.text("state = 'planned' AND lease_until IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_hg_communications_incident_id_created_at"), table_name="hg_communications"
    )
    op.drop_index(
        "ix_hg_communications_due",
        table_name="hg_communications",
        sqlite_where=sa.text("state = 'planned' AND lease_until IS NULL"),
        postgresql_where=sa.text("state = 'planned' AND lease_until IS NULL"),
    )
    op.drop_table("hg_communications")
    op.drop_index(
        "ix_hg_alarms_open",
        table_name="hg_alarms",
        sqlite_where=sa.text("cleared_at IS NULL"),
        postgresql_where=sa.text("cleared_at IS NULL"),
    )
    op.drop_table("hg_alarms")
