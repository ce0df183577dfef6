"""What do the indexes take in of articles, and what has changed since they last looked?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Executable, Select, and_, func, select

from knowledge.article import Article, Standing
from knowledge.generation.questions import still_of
from knowledge.ports import Indexed

from ...article_ports import Unread
from ...domain.generated import Generated
from ...domain.generated import Standing as Written
from ...domain.suggested import Opinion
from . import tables
from .article_rows import CHANGES, kept_of
from .question_rows import generated_of
from .reads import Reads
from .rows import Found as FoundRow

A = tables.articles
V = tables.article_opinions
Q = tables.article_questions
INDEXED = (Written.WRITTEN.value, Written.ACCEPTED.value)
MOST_OF_ONE = 200
"""Opinions of one kind on one article whose tickets' words are indexed: the newest."""
CHUNK = 500
"""Ids in one question to the database, which has a limit."""


@dataclass
class _Said:
    """Of one article: how often each was said, and the tickets' words, newest first."""

    counted: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class ArticleIndexRows(Reads):
    """What `knowledge.ports.ArticleRows` promises, and what a model has still to read."""

    def newest_change(self) -> int:
        t = tables.counters
        rows = self._rows(select(t.c.value).where(t.c.name == CHANGES))
        return int(rows[0]["value"]) if rows else 0

    def versions(self) -> Mapping[str, str]:
        published = A.c.standing == Standing.PUBLISHED.value
        rows = self._rows(select(A.c.id, A.c.change, A.c.updated_at).where(published))
        return {row["id"]: _version(row) for row in rows}

    def changed_since(self, change: int) -> list[str]:
        later = A.c.standing == Standing.PUBLISHED.value, A.c.change > change
        rows = self._rows(select(A.c.id).where(*later).order_by(A.c.change, A.c.id))
        return [row["id"] for row in rows]

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        wanted = sorted(ids)
        found: list[Indexed] = []
        for at in range(0, len(wanted), CHUNK):
            found += self._indexed(wanted[at : at + CHUNK])
        return found

    def _indexed(self, ids: list[str]) -> list[Indexed]:
        rows = [row for row in self._rows(select(A).where(A.c.id.in_(ids))) if _is_published(row)]
        generated = {row["article_id"]: row for row in self._rows(_generated(ids))}
        said = self._said(ids)
        return [_of_row(row, generated.get(row["id"]), said[row["id"]]) for row in rows]

    def _said(self, ids: list[str]) -> dict[str, _Said]:
        found: dict[str, _Said] = defaultdict(_Said)
        for row in self._rows(_counted(ids)):
            found[row["article_id"]].counted[row["opinion"]] = row["n"]
        for row in self._rows(_newest(ids)):
            found[row["article_id"]].words[row["opinion"]].append(row["question"])
        return found

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        if not ids:
            return {}
        rows = self._rows(select(A).where(A.c.id.in_(sorted(ids))))
        return {row["id"]: kept_of(row).article for row in rows}

    def unread(self, ids: Collection[str]) -> list[Unread]:
        both = select(A, Q.c.body.label("generated")).outerjoin(Q, Q.c.article_id == A.c.id)
        rows = self._rows(both.where(A.c.id.in_(sorted(ids))))
        return [_unread(row) for row in rows if _is_published(row)]


def _is_published(row: FoundRow) -> bool:
    # Not asked of the database beside ids: SQLite would go through all published ones then.
    return bool(row["standing"] == Standing.PUBLISHED.value)


def _generated(ids: list[str]) -> Executable:
    return select(Q).where(Q.c.article_id.in_(ids), Q.c.state.in_(INDEXED))


def _counted(ids: list[str]) -> Executable:
    counted = select(V.c.article_id, V.c.opinion, func.count().label("n"))
    return counted.where(V.c.article_id.in_(ids)).group_by(V.c.article_id, V.c.opinion)


def _newest(ids: list[str]) -> Select[tuple[str, str, str]]:
    """Ranked by their keys alone: the words of those that are left out are never read."""
    of_a_kind = V.c.article_id, V.c.opinion
    newest_first = V.c.at.desc(), V.c.incident_id, V.c.person
    rank = func.row_number().over(partition_by=of_a_kind, order_by=newest_first).label("rank")
    keys = V.c.article_id, V.c.incident_id, V.c.person
    ranked = select(*keys, rank).where(V.c.article_id.in_(ids)).subquery()
    same = and_(*(column == ranked.c[column.name] for column in keys))
    return (
        select(V.c.article_id, V.c.opinion, V.c.question)
        .join(ranked, same)
        .where(ranked.c.rank <= MOST_OF_ONE)
        .order_by(V.c.article_id, V.c.opinion, ranked.c.rank)
    )


def _of_row(row: FoundRow, generated: FoundRow | None, said: _Said) -> Indexed:
    solved, refused = Opinion.SOLVED.value, Opinion.NOT_THIS.value
    article = kept_of(row).article
    return Indexed(
        article=article,
        version=_version(row),
        generated=_lines(article, generated),
        solved="\n".join(said.words[solved]),
        refused="\n".join(said.words[refused]),
        helped=said.counted.get(solved, 0),
        failed=said.counted.get(refused, 0),
    )


def _lines(article: Article, row: FoundRow | None) -> str:
    """What was written of another text than the article has now says nothing of it."""
    if row is None or not still_of(article, row["made_of"]):
        return ""
    return "\n".join(generated_of(row).lines)


def _unread(row: FoundRow) -> Unread:
    said = row["generated"]
    return Unread(
        article=kept_of(row).article,
        generated=Generated.model_validate_json(said) if said else None,
    )


def _version(row: FoundRow) -> str:
    """The change alone would do, but for a database that was put back from yesterday."""
    return f"{row['change']}@{row['updated_at']}"
