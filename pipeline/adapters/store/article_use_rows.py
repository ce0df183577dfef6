"""What became of the articles that were told? Counted by day, by article and by ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from knowledge.article import Standing

from ...article_ports import DayOfUse, Listed, Unanswered, Use
from ...domain.incident import Incident
from ...domain.suggested import Found, Judged, Opinion
from ...domain.times import from_text
from . import tables
from .article_rows import kept_of
from .reads import Reads

A = tables.articles
V = tables.article_opinions
U = tables.article_uses
K = tables.lookups
_DAY = 10
"""The characters of an instant that are its day."""


class ArticleUseRows(Reads):
    """What `article_ports.ArticleUses` promises."""

    def days_of(self, article_id: str, since: date) -> list[DayOfUse]:
        asked, said = func.substr(K.c.asked_at, 1, _DAY), func.substr(V.c.at, 1, _DAY)
        told = (
            select(asked.label("day"), func.count().label("n"))
            .join(U, U.c.incident_id == K.c.incident_id)
            .where(U.c.article_id == article_id, K.c.asked_at >= since.isoformat())
            .group_by(asked)
        )
        opinions = (
            select(said.label("day"), V.c.opinion, func.count().label("n"))
            .where(V.c.article_id == article_id, V.c.at >= since.isoformat())
            .group_by(said, V.c.opinion)
        )
        days: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self._rows(told):
            days[row["day"]]["told"] = row["n"]
        for row in self._rows(opinions):
            days[row["day"]][Opinion(row["opinion"]).value] = row["n"]
        return [
            DayOfUse(day=date.fromisoformat(day), **counted)
            for day, counted in sorted(days.items())
        ]

    def told_on(self, incident_id: str) -> frozenset[str]:
        rows = self._rows(select(U.c.article_id).where(U.c.incident_id == incident_id))
        return frozenset(row["article_id"] for row in rows)

    def said_on(self, incident_id: str) -> list[Judged]:
        rows = self._rows(select(V).where(V.c.incident_id == incident_id).order_by(V.c.at))
        return [judged_of(row) for row in rows]

    def most_solving(self, since: date, limit: int = 10) -> list[Listed]:
        n = func.count().label("n")
        solved = (
            select(V.c.article_id, n)
            .where(V.c.opinion == Opinion.SOLVED.value, V.c.at >= since.isoformat())
            .group_by(V.c.article_id)
            .order_by(n.desc(), V.c.article_id)
            .limit(limit)
        )
        return self._listed([row["article_id"] for row in self._rows(solved)], since)

    def never_helping(self, since: date, limit: int = 10, least: int = 3) -> list[Listed]:
        n = func.count().label("n")
        helped = select(V.c.article_id).where(
            V.c.opinion == Opinion.SOLVED.value, V.c.at >= since.isoformat()
        )
        told = (
            select(U.c.article_id, n)
            .join(K, K.c.incident_id == U.c.incident_id)
            .join(A, A.c.id == U.c.article_id)
            .where(
                K.c.asked_at >= since.isoformat(),
                A.c.standing == Standing.PUBLISHED.value,
                U.c.article_id.not_in(helped),
            )
            .group_by(U.c.article_id)
            .having(func.count() >= least)
            .order_by(n.desc(), U.c.article_id)
            .limit(limit)
        )
        return self._listed([row["article_id"] for row in self._rows(told)], since)

    def unanswered(self, limit: int = 20) -> list[Unanswered]:
        t = tables.incidents
        latest = (
            select(K.c.incident_id, K.c.asked_at, K.c.found, t.c.snapshot)
            .join(t, t.c.id == K.c.incident_id)
            .where(K.c.state == tables.DONE_LOOKUP, K.c.suggested.is_(False))
            .order_by(K.c.asked_at.desc(), K.c.incident_id)
            .limit(limit)
        )
        return [_unanswered(row) for row in self._rows(latest)]

    def sources(self) -> list[str]:
        return [
            row["source"] for row in self._rows(select(A.c.source).distinct().order_by("source"))
        ]

    def _listed(self, ids: list[str], since: date) -> list[Listed]:
        """In this order, with their use since then."""
        told = (
            select(U.c.article_id, func.count().label("n"))
            .join(K, K.c.incident_id == U.c.incident_id)
            .where(U.c.article_id.in_(ids), K.c.asked_at >= since.isoformat())
            .group_by(U.c.article_id)
        )
        said = (
            select(V.c.article_id, V.c.opinion, func.count().label("n"))
            .where(V.c.article_id.in_(ids), V.c.at >= since.isoformat())
            .group_by(V.c.article_id, V.c.opinion)
        )
        counted: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self._rows(told):
            counted[row["article_id"]]["told"] = row["n"]
        for row in self._rows(said):
            counted[row["article_id"]][Opinion(row["opinion"]).value] = row["n"]
        rows = {row["id"]: row for row in self._rows(select(A).where(A.c.id.in_(ids)))}
        return [
            Listed(article=kept_of(rows[id_]).article, use=Use(**counted[id_]))
            for id_ in ids
            if id_ in rows
        ]


def judged_of(row: Mapping[str, Any]) -> Judged:
    return Judged(
        article=row["article_id"],
        incident=row["incident_id"],
        person=row["person"],
        opinion=Opinion(row["opinion"]),
        question=row["question"],
        at=from_text(row["at"]),
    )


def _unanswered(row: Mapping[str, Any]) -> Unanswered:
    incident = Incident.model_validate_json(row["snapshot"])
    return Unanswered(
        incident=incident.id,
        number=incident.number,
        title=incident.title.value,
        asked_at=from_text(row["asked_at"]),
        for_staff=len(Found.model_validate_json(row["found"]).staff),
    )
