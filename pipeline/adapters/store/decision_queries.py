"""What do people look at of approvals and surveys? Each call reads in one short transaction of its own."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, text

from ...decision_ports import ApprovalStep, Scores
from ...domain.survey import Survey, SurveyKind, Unasked
from ...domain.times import to_text
from . import decision_tables as tables
from .decision_rows import step_of
from .survey_rows import survey_of, unasked_of

if TYPE_CHECKING:
    from .sqlstore import SqlStore

A = tables.approval_steps
S = tables.surveys
U = tables.unasked


class SqlDecisions:
    """What `decision_ports.DecisionQueries` promises."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def awaited(self, limit: int = 200) -> list[ApprovalStep]:
        oldest = select(A).order_by(A.c.since, A.c.incident_id, A.c.approval, A.c.place)
        with self._store.reading() as connection:
            rows = connection.execute(oldest.limit(limit)).mappings().all()
        return [step_of(row) for row in rows]

    def scores(self, since: date) -> list[Scores]:
        day = func.substr(S.c.answered_at, text("1"), text("10")).label("day")
        by = (day, S.c.kind, S.c.support_group, S.c.service, S.c.score)
        counted = (
            select(*by, func.count().label("n"))
            .where(text(tables.ANSWERED), S.c.answered_at >= since.isoformat())
            .group_by(*by)
            .order_by(*by)
        )
        with self._store.reading() as connection:
            rows = connection.execute(counted).mappings().all()
        found: dict[tuple[str, str, str | None, str | None], list[int]]
        found = defaultdict(lambda: [0] * 5)
        for row in rows:
            place = (row["day"], row["kind"], row["support_group"], row["service"])
            found[place][row["score"] - 1] = row["n"]
        return [
            Scores(
                day=date.fromisoformat(d),
                kind=SurveyKind(k),
                group=g,
                service=s,
                counts=(n[0], n[1], n[2], n[3], n[4]),
            )
            for (d, k, g, s), n in found.items()
        ]

    def answers(
        self,
        *,
        since: datetime,
        limit: int,
        most_score: int = 5,
        after: str | None = None,
        kind: SurveyKind | None = None,
    ) -> list[Survey]:
        wanted = select(S).where(
            text(tables.ANSWERED), S.c.answered_at >= to_text(since), S.c.score <= most_score
        )
        if kind is not None:
            wanted = wanted.where(S.c.kind == kind.value)
        if after is not None:
            last = select(S.c.answered_at).where(S.c.id == after).scalar_subquery()
            older = S.c.answered_at < last, (S.c.answered_at == last) & (S.c.id < after)
            wanted = wanted.where(or_(*older))
        newest = wanted.order_by(S.c.answered_at.desc(), S.c.id.desc()).limit(limit)
        with self._store.reading() as connection:
            rows = connection.execute(newest).mappings().all()
        return [survey_of(row) for row in rows]

    def unasked(self, incident_id: str, limit: int) -> list[Unasked]:
        of_ticket = select(U).where(U.c.incident_id == incident_id)
        ordered = of_ticket.order_by(U.c.kind, U.c.round, U.c.person).limit(limit)
        with self._store.reading() as connection:
            rows = connection.execute(ordered).mappings().all()
        return [unasked_of(row) for row in rows]
