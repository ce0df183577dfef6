"""Articles as people look at them and as the indexes take them in; each call is one short transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, Integer, and_, cast, false, func, or_, select

from knowledge.article import Article, Standing
from knowledge.generation.questions import still_of
from knowledge.ports import Indexed

from ...article_ports import ArticlePage, Day, Kept, Listed, Revision, Said, Unread, Use, Wanted
from ...domain.directory import Service
from ...domain.generated import Generated
from ...domain.generated import Standing as Written
from ...domain.suggested import Found, Opinion
from ...domain.times import from_text
from . import tables
from .article_rows import CHANGES, kept_of
from .article_use_rows import ArticleUseRows, judged_of
from .question_rows import generated_of
from .rows import Found as FoundRow

if TYPE_CHECKING:
    pass

A = tables.articles
V = tables.article_opinions
U = tables.article_uses
K = tables.lookups
Q = tables.article_questions
INDEXED = (Written.WRITTEN.value, Written.ACCEPTED.value)
MOST_OF_ONE = 200
"""Opinions of one article whose tickets' words are indexed: the newest."""
CHUNK = 500
"""Ids in one question to the database, which has a limit."""


class SqlArticles(ArticleUseRows):
    """What `article_ports.ArticleQueries` promises."""

    def newest_change(self) -> int:
        t = tables.counters
        rows = self._rows(select(t.c.value).where(t.c.name == CHANGES))
        return int(rows[0]["value"]) if rows else 0

    def versions(self) -> Mapping[str, str]:
        published = A.c.standing == Standing.PUBLISHED.value
        rows = self._rows(select(A.c.id, A.c.change, A.c.updated_at).where(published))
        return {row["id"]: _version(row) for row in rows}

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        wanted = sorted(ids)
        found: list[Indexed] = []
        for at in range(0, len(wanted), CHUNK):
            found += self._indexed(wanted[at : at + CHUNK])
        return found

    def _indexed(self, ids: list[str]) -> list[Indexed]:
        rows = [row for row in self._rows(select(A).where(A.c.id.in_(ids))) if _is_published(row)]
        generated = {row["article_id"]: row for row in self._rows(_generated(ids))}
        opinions = self._opinions(ids)
        return [_of_row(row, generated.get(row["id"]), opinions[row["id"]]) for row in rows]

    def _opinions(self, ids: list[str]) -> dict[str, list[FoundRow]]:
        found: dict[str, list[FoundRow]] = defaultdict(list)
        for row in self._rows(select(V).where(V.c.article_id.in_(ids)).order_by(V.c.at.desc())):
            found[row["article_id"]].append(row)
        return found

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        if not ids:
            return {}
        rows = self._rows(select(A).where(A.c.id.in_(sorted(ids))))
        return {row["id"]: kept_of(row).article for row in rows}

    def kept(self, article_id: str) -> Kept | None:
        rows = self._rows(select(A).where(A.c.id == article_id))
        return kept_of(rows[0]) if rows else None

    def find(self, wanted: Wanted) -> ArticlePage:
        matching = _matching(wanted)
        counted = select(func.count().label("n")).select_from(A).where(*matching)
        narrowed = select(A).where(*matching)
        if wanted.after:
            at, _, last = wanted.after.partition("~")
            beyond = or_(A.c.updated_at < at, and_(A.c.updated_at == at, A.c.id < last))
            narrowed = narrowed.where(beyond)
        newest = narrowed.order_by(A.c.updated_at.desc(), A.c.id.desc()).limit(wanted.limit + 1)
        total, rows = self._rows(counted)[0]["n"], self._rows(newest)
        shown = rows[: wanted.limit]
        uses = self.use_of([row["id"] for row in shown])
        found = [kept_of(row).article for row in shown]
        return ArticlePage(
            # The database has only looked for the labels' letters.
            articles=tuple(
                Listed(article=a, use=uses[a.id]) for a in found if a.is_for(wanted.readers)
            ),
            total=total,
            after=f"{shown[-1]['updated_at']}~{shown[-1]['id']}"
            if len(rows) > wanted.limit
            else None,
        )

    def revisions(self, article_id: str) -> list[Revision]:
        t = tables.article_revisions
        rows = self._rows(select(t).where(t.c.article_id == article_id).order_by(t.c.n.desc()))
        return [
            Revision(
                n=row["n"],
                at=from_text(row["at"]),
                by=row["who"],
                what=row["what"],
                article=Article.model_validate_json(row["body"]),
            )
            for row in rows
        ]

    def use_of(self, article_ids: Collection[str]) -> dict[str, Use]:
        ids = sorted(article_ids)
        told = select(U.c.article_id, func.count().label("n")).where(U.c.article_id.in_(ids))
        said = select(V.c.article_id, V.c.opinion, func.count().label("n")).where(
            V.c.article_id.in_(ids)
        )
        by_told = {r["article_id"]: r["n"] for r in self._rows(told.group_by(U.c.article_id))}
        grouped = said.group_by(V.c.article_id, V.c.opinion)
        by_said = {(r["article_id"], r["opinion"]): r["n"] for r in self._rows(grouped)}
        return {
            id_: Use(
                told=by_told.get(id_, 0),
                solved=by_said.get((id_, Opinion.SOLVED.value), 0),
                not_this=by_said.get((id_, Opinion.NOT_THIS.value), 0),
            )
            for id_ in ids
        }

    def said_of(self, article_id: str, limit: int = 50) -> list[Said]:
        t = tables.incidents
        newest = (
            select(V, t.c.number)
            .join(t, t.c.id == V.c.incident_id)
            .where(V.c.article_id == article_id)
            .order_by(V.c.at.desc())
            .limit(limit)
        )
        return [Said(judged=judged_of(row), number=row["number"]) for row in self._rows(newest)]

    def opinions_on(self, incident_id: str, person: str) -> dict[str, Opinion]:
        mine = V.c.incident_id == incident_id, V.c.person == person
        rows = self._rows(select(V.c.article_id, V.c.opinion).where(*mine))
        return {row["article_id"]: Opinion(row["opinion"]) for row in rows}

    def found(self, incident_id: str) -> Found | None:
        rows = self._rows(select(K.c.found).where(K.c.incident_id == incident_id))
        return Found.model_validate_json(rows[0]["found"]) if rows and rows[0]["found"] else None

    def questions(self, article_id: str) -> Generated | None:
        rows = self._rows(select(Q).where(Q.c.article_id == article_id))
        return generated_of(rows[0]) if rows else None

    def changed_since(self, change: int) -> list[str]:
        later = A.c.standing == Standing.PUBLISHED.value, A.c.change > change
        return [
            r["id"] for r in self._rows(select(A.c.id).where(*later).order_by(A.c.change, A.c.id))
        ]

    def unread(self, ids: Collection[str]) -> list[Unread]:
        both = select(A, Q.c.body.label("generated")).outerjoin(Q, Q.c.article_id == A.c.id)
        rows = self._rows(both.where(A.c.id.in_(sorted(ids))))
        return [_unread(row) for row in rows if _is_published(row)]

    def days(self, since: date) -> list[Day]:
        day = func.substr(K.c.asked_at, 1, 10).label("day")
        solved = (
            select(V.c.incident_id).where(V.c.opinion == Opinion.SOLVED.value).distinct().subquery()
        )
        counted = (
            select(
                day,
                func.count().label("searched"),
                func.sum(cast(K.c.suggested, Integer)).label("suggested"),
                func.count(solved.c.incident_id).label("solved"),
            )
            .outerjoin(solved, solved.c.incident_id == K.c.incident_id)
            .where(K.c.asked_at >= since.isoformat())
            .group_by(day)
            .order_by(day)
        )
        return [
            Day(
                day=date.fromisoformat(row["day"]),
                searched=row["searched"],
                suggested=row["suggested"],
                solved=row["solved"],
            )
            for row in self._rows(counted)
        ]

    def counts(self) -> dict[str, int]:
        counted = select(A.c.standing, func.count().label("n")).group_by(A.c.standing)
        return {row["standing"]: row["n"] for row in self._rows(counted)}

    def own_words(self) -> list[str]:
        found: list[str] = []
        for row in self._rows(select(tables.services.c.body)):
            service = Service.model_validate_json(row["body"])
            found += [service.name.zh, service.name.en, *service.aliases]
        return found


def _is_published(row: FoundRow) -> bool:
    # Not asked of the database beside ids: SQLite would go through all published ones then.
    return bool(row["standing"] == Standing.PUBLISHED.value)


def _matching(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = [
        A.c.search.contains(word, autoescape=True) for word in wanted.q.casefold().split()
    ]
    if wanted.standing is not None:
        conditions.append(A.c.standing == wanted.standing.value)
    if wanted.language is not None:
        conditions.append(A.c.language == wanted.language)
    if wanted.source is not None:
        conditions.append(A.c.source == wanted.source)
    if wanted.readers is not None:
        conditions.append(or_(false(), *(_names(label) for label in sorted(wanted.readers))))
    return conditions


def _names(label: str) -> Any:
    """The article's row says this label somewhere, as JSON writes it."""
    return A.c.body.contains(json.dumps(label, ensure_ascii=False), autoescape=True)


def _generated(ids: list[str]) -> Executable:
    return select(Q).where(Q.c.article_id.in_(ids), Q.c.state.in_(INDEXED))


def _of_row(row: FoundRow, generated: FoundRow | None, said: list[FoundRow]) -> Indexed:
    solved = [one for one in said if one["opinion"] == Opinion.SOLVED.value]
    refused = [one for one in said if one["opinion"] == Opinion.NOT_THIS.value]
    article = kept_of(row).article
    return Indexed(
        article=article,
        version=_version(row),
        generated=_lines(article, generated),
        solved=_questions(solved),
        refused=_questions(refused),
        helped=len(solved),
        failed=len(refused),
    )


def _lines(article: Article, row: FoundRow | None) -> str:
    """What was written of another text than the article has now says nothing of it."""
    if row is None or not still_of(article, row["made_of"]):
        return ""
    return "\n".join(generated_of(row).lines)


def _questions(said: list[FoundRow]) -> str:
    return "\n".join(one["question"] for one in said[:MOST_OF_ONE])


def _unread(row: FoundRow) -> Unread:
    said = row["generated"]
    return Unread(
        article=kept_of(row).article,
        generated=Generated.model_validate_json(said) if said else None,
    )


def _version(row: FoundRow) -> str:
    """The change alone would do, but for a database that was put back from yesterday."""
    return f"{row['change']}@{row['updated_at']}"
