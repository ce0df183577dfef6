"""Articles, what people said of them, and the search that a new ticket waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "hg_articles",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("external_id", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hg_articles")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_hg_articles_source_external_id")),
    )
    op.create_index(
        op.f("ix_hg_articles_standing_updated_at_id"),
        "hg_articles",
        ["standing", "updated_at", "id"],
    )
    op.create_index(
        op.f("ix_hg_articles_standing_change_id"), "hg_articles", ["standing", "change", "id"]
    )
    op.create_table(
        "hg_article_readers",
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["hg_articles.id"], name=op.f("fk_hg_article_readers_article_id")
        ),
        sa.PrimaryKeyConstraint("label", "article_id", name=op.f("pk_hg_article_readers")),
    )
    op.create_index(op.f("ix_hg_article_readers_article_id"), "hg_article_readers", ["article_id"])
    op.create_table(
        "hg_article_revisions",
        sa.Column("article_id", sa.String(length=200), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["hg_articles.id"], name=op.f("fk_hg_article_revisions_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "n", name=op.f("pk_hg_article_revisions")),
    )
    op.create_table(
        "hg_article_questions",
        sa.Column("article_id", sa.String(length=200), nullable=False),
        sa.Column("made_of", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["hg_articles.id"], name=op.f("fk_hg_article_questions_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_hg_article_questions")),
    )
    op.create_table(
        "hg_article_opinions",
        sa.Column("article_id", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("opinion", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["hg_articles.id"], name=op.f("fk_hg_article_opinions_article_id")
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "incident_id", "person", name=op.f("pk_hg_article_opinions")
        ),
    )
    op.create_index(
        op.f("ix_hg_article_opinions_incident_id"), "hg_article_opinions", ["incident_id"]
    )
    op.create_index(
        op.f("ix_hg_article_opinions_opinion_at"), "hg_article_opinions", ["opinion", "at"]
    )
    op.create_table(
        "hg_lookups",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("found", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_hg_lookups")),
    )
    op.create_index(op.f("ix_hg_lookups_asked_at"), "hg_lookups", ["asked_at"])
    op.create_index(
        "ix_hg_lookups_due",
        "hg_lookups",
        ["due_at"],
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    )
    op.create_table(
        "hg_article_uses",
        sa.Column("incident_id", sa.String(length=200), nullable=False),
        sa.Column("article_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["hg_articles.id"], name=op.f("fk_hg_article_uses_article_id")
        ),
        sa.PrimaryKeyConstraint("incident_id", "article_id", name=op.f("pk_hg_article_uses")),
    )
    op.create_index(op.f("ix_hg_article_uses_article_id"), "hg_article_uses", ["article_id"])
