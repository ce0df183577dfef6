"""Which rows are there? Every table, its keys, and the index behind each claim.

Instants are kept as text in UTC (`domain.times.to_text`): it sorts, and reads the same on both
databases. What is only ever read whole is kept as JSON text beside the columns that are searched.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
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

FRESH = "state = 'planned' AND lease_until IS NULL"
LEASED = "state = 'planned' AND lease_until IS NOT NULL"
WAITING = "state IN ('held', 'parked')"
QUEUED = "state = 'queued'"
SENDING = "state = 'sending'"
STOPPED = "state IN ('held', 'rejected', 'maybe_sent', 'parked')"
ATTACHING = "type = 'heliograph.ticket.attached.v1'"
OPEN_PROMISE, OPEN_ALARM = "state = 'open'", "cleared_at IS NULL"
MAJOR = "major IS NOT NULL"
DUE_LOOKUP, DONE_LOOKUP = "state = 'due'", "done"
DUE_PROSE = "state = 'due'"
WITH_RESULT, WITH_TEXT = "result IS NOT NULL", "asked IS NOT NULL"
WITH_ANSWER = "answer IS NOT NULL"
"""What a partial index holds. A query repeats the words literally: no database can tell that a bound
parameter will be what the index asks for."""


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    only = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=only, postgresql_where=only)


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
    partial("ix_hg_events_attaching", "incident_id", where=ATTACHING),
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
    # How a major incident stands; NULL for what is none.
    Column("major", String(20)),
    UniqueConstraint("source", "number"),
    Index(None, "updated_at", "id"),
    Index(None, "state", "updated_at"),
    Index(None, "number"),
    partial("ix_hg_incidents_major", "major", "updated_at", where=MAJOR),
)


def _entries(name: str) -> Table:
    return Table(
        f"hg_{name}",
        metadata,
        Column("id", String(200), primary_key=True),
        Column("body", Text, nullable=False),
    )


people = _entries("people")
# People whom no directory knows, as the events of one source told of them: for its tickets alone.
named_people = Table(
    "hg_named_people",
    metadata,
    Column("source", String(200), nullable=False),
    Column("id", String(200), nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("source", "id"),
)
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
    # Claims look at planned rows only, lane by lane in the order in which they are due. Those that
    # somebody works on lie apart: none of them stands in front of a row that is due.
    partial("ix_hg_communications_due", "lane", "due_at", "id", where=FRESH),
    partial("ix_hg_communications_leased", "lease_until", where=LEASED),
    partial("ix_hg_communications_waiting", "due_at", where=WAITING),
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
    Column("id", Integer, primary_key=True, autoincrement=True),
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
    Column("recipient_key", String(240), nullable=False),
    Column("rendition", String(240), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("lease_until", INSTANT),
    Column("tries", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "bundle"),
    Index(None, "incident_id", "created_at"),
    partial("ix_hg_messages_due", "channel", "lane", "due_at", "id", where=QUEUED),
    partial("ix_hg_messages_leased", "channel", "lease_until", where=SENDING),
    partial("ix_hg_messages_stopped", "created_at", where=STOPPED),
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
    Index(None, "state", "due_at"),
    partial("ix_hg_promises_due", "due_at", where=OPEN_PROMISE),
)

# Alerts that may become a major incident by themselves.
confirmations = Table(
    "hg_confirmations",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("due_at", INSTANT, nullable=False),
    Index(None, "due_at"),
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
    partial("ix_hg_alarms_open", "key", where=OPEN_ALARM, unique=True),
)

# Articles of the library. `change` goes up with each change of anything that is indexed.
articles = Table(
    "hg_articles",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("source", String(100), nullable=False),
    Column("external_id", String(500), nullable=False),
    Column("language", String(8), nullable=False),
    Column("standing", String(20), nullable=False),
    Column("search", Text, nullable=False),
    Column("source_digest", String(64), nullable=False),
    Column("edited", Boolean, nullable=False),
    Column("change", Integer, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("source", "external_id"),
    Index(None, "standing", "updated_at", "id"),
    Index(None, "standing", "change", "id"),
)

# Who may read an article: a row for each of its labels, which are compared letter by letter.
article_readers = Table(
    "hg_article_readers",
    metadata,
    Column("label", String(64), nullable=False),
    Column("article_id", ForeignKey(articles.c.id), nullable=False),
    PrimaryKeyConstraint("label", "article_id"),
    Index(None, "article_id"),
)

# The title stands beside the body too: a list of changes reads no bodies.
article_revisions = Table(
    "hg_article_revisions",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), nullable=False),
    Column("n", Integer, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("who", String(200), nullable=False),
    Column("what", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("article_id", "n"),
)

# Questions and titles that a model wrote of an article; `made_of` is the digest of what it read.
article_questions = Table(
    "hg_article_questions",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("made_of", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("body", Text, nullable=False),
)

# What people said of an article on a ticket. `question` holds the ticket's words: somebody's data.
article_opinions = Table(
    "hg_article_opinions",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), nullable=False),
    Column("incident_id", String(200), nullable=False),
    Column("person", String(200), nullable=False),
    Column("opinion", String(20), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("question", Text, nullable=False),
    PrimaryKeyConstraint("article_id", "incident_id", "person"),
    Index(None, "incident_id"),
    Index(None, "opinion", "at"),
)

# The search for articles that a new ticket waits for, and what it found.
lookups = Table(
    "hg_lookups",
    metadata,
    Column("incident_id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("suggested", Boolean, nullable=False),
    Column("found", Text),
    Index(None, "asked_at"),
    partial("ix_hg_lookups_due", "due_at", where=DUE_LOOKUP),
)

# Each article that a requester was told of: how often it was, without reading every search again.
article_uses = Table(
    "hg_article_uses",
    metadata,
    Column("incident_id", String(200), nullable=False),
    Column("article_id", ForeignKey(articles.c.id), nullable=False),
    PrimaryKeyConstraint("incident_id", "article_id"),
    Index(None, "article_id"),
)

# Every question to a chat model. Texts are there for as long as they are recorded; the row stays.
model_calls = Table(
    "hg_model_calls",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("at", INSTANT, nullable=False),
    Column("step", String(20), nullable=False),
    Column("model", Text, nullable=False),
    Column("purpose", String(100), nullable=False),
    Column("text_id", String(200), nullable=False),
    Column("incident_id", String(200)),
    Column("audience", String(200), nullable=False),
    Column("prompt", String(200), nullable=False),
    Column("material", String(200), nullable=False),
    Column("tokens_in", Integer),
    Column("tokens_out", Integer),
    Column("money", Float),
    Column("seconds", Float, nullable=False),
    Column("failed", Text),
    Column("repeated", Boolean, nullable=False),
    Column("asked", Text),
    Column("answer", Text),
    Index(None, "at", "id"),
    Index(None, "incident_id", "at"),
    partial("ix_hg_model_calls_texts", "at", where=WITH_TEXT),
    partial("ix_hg_model_calls_answers", "material", "prompt", where=WITH_ANSWER),
)

# What calls took, by purse (a day, an incident, a text): one row each, so that no budget reads the past.
model_spending = Table(
    "hg_model_spending",
    metadata,
    Column("purse", String(240), primary_key=True),
    Column("calls", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
    Column("money", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Index(None, "updated_at"),
)

# What people said to each other about a ticket: the files as they came, and the lines as they were read.
conversations = Table(
    "hg_conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("added_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    UniqueConstraint("incident_id", "digest"),
)

summaries = Table(
    "hg_summaries",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("incident_id", String(200), nullable=False),
    Column("audience", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "incident_id", "made_at", "id"),
)

# The part of a message that a chat model is asked for, and what came of it.
prose = Table(
    "hg_prose",
    metadata,
    Column("communication_id", String(200), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("result", Text),
    partial("ix_hg_prose_due", "due_at", where=DUE_PROSE),
    partial("ix_hg_prose_results", "due_at", where=WITH_RESULT),
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
