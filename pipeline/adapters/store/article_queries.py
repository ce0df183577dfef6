"""Articles as people look at them; each call is one short transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, cast, func, or_, select

from knowledge.article import Article

from ...article_ports import ArticlePage, Day, Kept, Listed, Revised, Revision, Said, Use, Wanted
from ...domain.directory import Service
from ...domain.generated import Generated
from ...domain.suggested import Found, Opinion
from ...domain.times import from_text
from . import tables
from .article_index_rows import ArticleIndexRows
from .article_rows import kept_of
from .article_use_rows import ArticleUseRows, judged_of
from .question_rows import generated_of
from .rows import Found as FoundRow

A = tables.articles
R = tables.article_revisions
V = tables.article_opinions
U = tables.article_uses
K = tables.lookups
Q = tables.article_questions
_GREATEST = 2**31 - 1
"""Number that a database takes for one of its own; callers may name any."""


class SqlArticles(ArticleIndexRows, ArticleUseRows):
    """What `article_ports.ArticleQueries` promises."""

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
            articles=tuple(Listed(article=a, use=uses[a.id]) for a in found),
            total=total,
            after=f"{shown[-1]['updated_at']}~{shown[-1]['id']}"
            if len(rows) > wanted.limit
            else None,
        )

    def latest_revision(self, article_id: str) -> int:
        newest = select(func.max(R.c.n).label("n")).where(R.c.article_id == article_id)
        return self._rows(newest)[0]["n"] or 0

    def revision(self, article_id: str, n: int) -> Revision | None:
        if n > _GREATEST:
            return None
        rows = self._rows(select(R).where(R.c.article_id == article_id, R.c.n == max(n, 0)))
        if not rows:
            return None
        article = Article.model_validate_json(rows[0]["body"])
        return Revision(**_revised(rows[0]), article=article)

    def revisions(self, article_id: str, limit: int = 50) -> list[Revised]:
        shown = select(R.c.n, R.c.at, R.c.who, R.c.what, R.c.title)
        mine = shown.where(R.c.article_id == article_id).order_by(R.c.n.desc()).limit(limit)
        return [Revised(**_revised(row)) for row in self._rows(mine)]

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

    def days(self, since: date) -> list[Day]:
        day = func.substr(K.c.asked_at, 1, 10).label("day")
        # A ticket is opened before anybody says that it is solved.
        said = V.c.opinion == Opinion.SOLVED.value, V.c.at >= since.isoformat()
        solved = select(V.c.incident_id).where(*said).distinct().subquery()
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


def _revised(row: FoundRow) -> dict[str, Any]:
    return {
        "n": row["n"],
        "at": from_text(row["at"]),
        "by": row["who"],
        "what": row["what"],
        "title": row["title"],
    }


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
        t = tables.article_readers
        theirs = select(t.c.article_id).where(t.c.label.in_(sorted(wanted.readers)))
        conditions.append(A.c.id.in_(theirs))
    return conditions
