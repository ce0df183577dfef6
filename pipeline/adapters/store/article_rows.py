"""Articles, what was found for tickets, and what people said of it: rows inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, text, update

from knowledge.article import Article, Standing

from ...article_ports import Change, Kept
from ...domain.suggested import Found, Judged
from ...domain.times import to_text
from . import tables
from .rows import Found as FoundRow
from .rows import Row, Rows

A = tables.articles
K = tables.lookups
CHANGES = "article_change"
_ANY = select(A.c.id).where(A.c.standing == Standing.PUBLISHED.value).limit(1)
_DUE = (
    select(K.c.incident_id, K.c.tries)
    .where(text(tables.DUE_LOOKUP), K.c.due_at <= bindparam("now"))
    .order_by(K.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST = select(
    select(K.c.due_at)
    .where(text(tables.DUE_LOOKUP))
    .order_by(K.c.due_at)
    .limit(1)
    .scalar_subquery()
)
_FOUND = select(K.c.incident_id, K.c.found).where(
    K.c.incident_id.in_(bindparam("of", expanding=True)), K.c.found.is_not(None)
)
_TOLD_BY_SOURCE = select(A).where(
    A.c.source == bindparam("of"), A.c.external_id.in_(bindparam("ids", expanding=True))
)
_OF_SOURCE = select(A.c.external_id, A.c.id).where(
    A.c.source == bindparam("of"), A.c.standing == Standing.PUBLISHED.value
)


class ArticleRows(Rows):
    """What `article_ports.ArticleWork` promises."""

    def has_articles(self) -> bool:
        return self._first(_ANY) is not None

    def await_lookup(self, incident_id: str, at: datetime) -> None:
        row = {
            "incident_id": incident_id,
            "state": "due",
            "due_at": to_text(at),
            "tries": 0,
            "asked_at": to_text(at),
            "suggested": False,
            "found": None,
        }
        self._upsert(K, ["incident_id"], [row])

    def lookup_is_due(self, incident_id: str) -> bool:
        due = select(K.c.incident_id).where(K.c.incident_id == incident_id, text(tables.DUE_LOOKUP))
        return self._first(due) is not None

    def claim_lookups(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, int]]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        if rows:
            claimed = update(K).where(K.c.incident_id == bindparam("of"))
            leased = claimed.values(due_at=to_text(now + lease), tries=K.c.tries + 1)
            self._connection.execute(leased, [{"of": row["incident_id"]} for row in rows])
        return [(row["incident_id"], row["tries"] + 1) for row in rows]

    def settle_lookup(self, incident_id: str, tries: int, found: Found) -> bool:
        values = {
            "state": "abandoned" if found.failed else tables.DONE_LOOKUP,
            "suggested": bool(found.requester),
            "found": found.model_dump_json(),
        }
        return self._change_lookup(incident_id, tries, values)

    def keep_found(self, incident_id: str, tries: int, found: Found) -> None:
        self._change_lookup(incident_id, tries, {"found": found.model_dump_json()})

    def _change_lookup(self, incident_id: str, tries: int, values: Row) -> bool:
        # A try is counted with each claim, which makes it the mark of whose lease this is.
        mine = K.c.incident_id == incident_id, text(tables.DUE_LOOKUP), K.c.tries == tries
        return self._connection.execute(update(K).where(*mine).values(values)).rowcount == 1

    def found_for(self, incident_ids: Sequence[str]) -> dict[str, Found]:
        rows = self._all(_FOUND, {"of": list(incident_ids)}) if incident_ids else []
        return {row["incident_id"]: Found.model_validate_json(row["found"]) for row in rows}

    def count_told(self, incident_id: str, article_ids: Sequence[str]) -> None:
        rows = [{"article_id": id_, "incident_id": incident_id} for id_ in article_ids]
        self._insert_new(tables.article_uses, rows)

    def save_judged(self, judged: Sequence[Judged]) -> None:
        rows = [
            {
                "article_id": one.article,
                "incident_id": one.incident,
                "person": one.person,
                "opinion": one.opinion.value,
                "at": to_text(one.at),
                "question": one.question,
            }
            for one in judged
        ]
        key = ["article_id", "incident_id", "person"]
        self._upsert(tables.article_opinions, key, rows)
        self._touch({one.article for one in judged})

    def articles_from(self, source: str, external_ids: Sequence[str]) -> dict[str, Kept]:
        if not external_ids:
            return {}
        rows = self._all(_TOLD_BY_SOURCE, {"of": source, "ids": list(external_ids)})
        return {row["external_id"]: kept_of(row) for row in rows}

    def kept_articles(self, ids: Sequence[str]) -> dict[str, Kept]:
        return {row["id"]: kept_of(row) for row in self._by_id(A, ids)}

    def hold_revision(self, article_id: str) -> int:
        self._first(select(A.c.id).where(A.c.id == article_id).with_for_update())
        return self._revised([article_id]).get(article_id, 0)

    def articles_of(self, source: str) -> dict[str, str]:
        return {row["external_id"]: row["id"] for row in self._all(_OF_SOURCE, {"of": source})}

    def save_articles(self, kept: Sequence[Kept], *, at: datetime, by: str, what: Change) -> None:
        if not kept:
            return
        change = self._next_change()
        self._upsert(A, ["id"], [_row(one, change, at) for one in kept])
        self._save_readers([one.article for one in kept])
        known = self._revised([one.article.id for one in kept])
        rows = [
            {
                "article_id": one.article.id,
                "n": known.get(one.article.id, 0) + 1,
                "at": to_text(at),
                "who": by,
                "what": what,
                "title": one.article.title,
                "body": one.article.model_dump_json(),
            }
            for one in kept
        ]
        self._insert_new(tables.article_revisions, rows)

    def _save_readers(self, articles: Sequence[Article]) -> None:
        t = tables.article_readers
        self._connection.execute(delete(t).where(t.c.article_id.in_([a.id for a in articles])))
        rows = [
            {"label": label, "article_id": article.id}
            for article in articles
            for label in article.audience or ()
        ]
        self._insert_new(t, rows)

    def _revised(self, ids: Sequence[str]) -> dict[str, int]:
        t = tables.article_revisions
        newest = select(t.c.article_id, func.max(t.c.n).label("n")).where(t.c.article_id.in_(ids))
        return {row["article_id"]: row["n"] for row in self._all(newest.group_by(t.c.article_id))}

    def _touch(self, ids: set[str]) -> None:
        """What is indexed of them has changed, though they say what they said."""
        if ids:
            change = self._next_change()
            self._connection.execute(update(A).where(A.c.id.in_(sorted(ids))).values(change=change))

    def _next_change(self) -> int:
        """Taken by updating one row: writers of articles wait for one another, so that a greater number
        is never seen before a smaller one."""
        t = tables.counters
        self._insert_new(t, [{"name": CHANGES, "value": 0}])
        raised = update(t).where(t.c.name == CHANGES).values(value=t.c.value + 1)
        return int(self._connection.execute(raised.returning(t.c.value)).scalar_one())

    def _end_lookup_leases(self, now: datetime) -> None:
        # A search that nobody took yet has no try, and is due when it is asked for.
        leased = text(tables.DUE_LOOKUP), K.c.tries > 0, K.c.due_at > to_text(now)
        self._connection.execute(update(K).where(*leased).values(due_at=to_text(now)))

    def _next_lookup(self) -> str | None:
        return self._earliest(_EARLIEST)


def _row(kept: Kept, change: int, at: datetime) -> Row:
    article = kept.article
    return {
        "id": article.id,
        "source": article.source,
        "external_id": article.external_id,
        "language": article.language,
        "standing": article.standing.value,
        "search": "\n".join((article.title, *article.products, article.source)).casefold(),
        "source_digest": kept.source_digest,
        "edited": kept.edited,
        "change": change,
        "updated_at": to_text(at),
        "body": article.model_dump_json(),
    }


def kept_of(row: FoundRow) -> Kept:
    return Kept(
        article=Article.model_validate_json(row["body"]),
        source_digest=row["source_digest"],
        edited=row["edited"],
    )
