"""Problems and refused pairs: rows inside a unit of work."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, text, update

from ...domain.problem import OVER, Problem
from ...domain.service_clock import GOING, ClockState
from ...domain.times import to_text
from . import problems_tables as tables
from .clocks_tables import service_clocks as K  # noqa: N812  one letter for a table, as everywhere here
from .recurrence_tables import signatures as S  # noqa: N812
from .rows import Found, Row, Rows, moment

P, L = tables.problems, tables.refused_links
_EARLIEST = select(
    select(P.c.due_at)
    .where(text(tables.DUE_PROBLEM))
    .order_by(P.c.due_at)
    .limit(1)
    .scalar_subquery()
)


class ProblemRows(Rows):
    """What `problems_ports.ProblemWork` promises."""

    def add_problem(self, problem: Problem) -> bool:
        if self.problems_of([problem.chain]):
            return False
        self._insert_new(P, [_row(problem)])
        return True

    def problem(self, number: str) -> Problem | None:
        found = self._first(select(P.c.body).where(P.c.number == number))
        return _read(found) if found else None

    def problems_of(self, chains: Collection[str]) -> dict[str, Problem]:
        of = select(P.c.body).where(P.c.chain.in_(list(chains)))
        found = (_read(row) for row in self._all(of))
        return {problem.chain: problem for problem in found}

    def problems(self, limit: int = 200, after: Problem | None = None) -> list[Problem]:
        newest = select(P.c.body).order_by(P.c.opened_at.desc(), P.c.number.desc()).limit(limit)
        if after is not None:
            at = to_text(after.opened_at)
            same = and_(P.c.opened_at == at, P.c.number < after.number)
            newest = newest.where(or_(P.c.opened_at < at, same))
        return [_read(row) for row in self._all(newest)]

    def problems_called(self, title: str) -> list[Problem]:
        said = json.dumps(title, ensure_ascii=False)
        holding = select(P.c.body).where(P.c.body.contains(said, autoescape=True))
        found = (_read(row) for row in self._all(holding.order_by(P.c.number)))
        return [problem for problem in found if problem.title == title]

    def move_problem(self, was: Problem, now: Problem) -> bool:
        kept = self._first(select(P.c.body).where(P.c.number == was.number))
        if kept is None or _read(kept) != was:
            return False
        same = P.c.number == was.number, P.c.body == kept["body"]
        return self._connection.execute(update(P).where(*same).values(_row(now))).rowcount == 1

    def due_problems(self, now: datetime, limit: int) -> list[Problem]:
        due = select(P.c.body).where(text(tables.DUE_PROBLEM), P.c.due_at <= to_text(now))
        return [_read(row) for row in self._all(due.order_by(P.c.due_at).limit(limit))]

    def has_workarounds(self) -> bool:
        return self._first(select(P.c.number).where(text(tables.WORKAROUND)).limit(1)) is not None

    def refuse_links(self, pairs: Collection[frozenset[str]], chain: str) -> None:
        self._insert_new(L, _pairs(pairs, chain))

    def part_links(self, pairs: Collection[frozenset[str]], mark: str) -> None:
        self._upsert(L, ["one", "other"], _pairs(pairs, mark))

    def refused_among(self, incident_ids: Collection[str]) -> set[frozenset[str]]:
        ids = list(incident_ids)
        among = select(L.c.one, L.c.other).where(L.c.one.in_(ids), L.c.other.in_(ids))
        return {frozenset((row["one"], row["other"])) for row in self._all(among)}

    def parted_chains(self, chains: Collection[str]) -> set[frozenset[str]]:
        names, a, b = list(chains), S.alias(), S.alias()
        pairs = (
            select(a.c.chain.label("first"), b.c.chain.label("second"))
            .join(L, L.c.one == a.c.incident_id)
            .join(b, b.c.incident_id == L.c.other)
            .where(a.c.chain.in_(names), b.c.chain.in_(names), a.c.chain != b.c.chain)
        )
        return {frozenset((r["first"], r["second"])) for r in self._all(pairs.distinct())}

    def forget_refusals(self, chain: str) -> None:
        self._connection.execute(delete(L).where(L.c.chain == chain))

    def set_chain(self, incident_ids: Collection[str], chain: str) -> None:
        named = S.c.incident_id.in_(list(incident_ids))
        self._connection.execute(update(S).where(named).values(chain=chain))

    def missed_levels(self, incident_ids: Collection[str], now: datetime) -> dict[str, list[str]]:
        overdue = K.c.state.in_([one.value for one in GOING]) & (K.c.deadline <= to_text(now))
        missed = or_(K.c.state == ClockState.MISSED.value, overdue)
        of = select(K.c.incident_id, K.c.what).where(
            missed, K.c.incident_id.in_(list(incident_ids))
        )
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._all(of.order_by(K.c.incident_id, K.c.what)):
            found[row["incident_id"]].append(row["what"])
        return dict(found)

    def _next_problem(self) -> str | None:
        return self._earliest(_EARLIEST)


def _pairs(pairs: Collection[frozenset[str]], mark: str) -> list[Row]:
    ordered = sorted(tuple(sorted(pair)) for pair in pairs)
    return [{"one": one, "other": other, "chain": mark} for one, other in ordered]


def _read(row: Found) -> Problem:
    return Problem.model_validate_json(row["body"])


def _row(problem: Problem) -> Row:
    return {
        "number": problem.number,
        "chain": problem.chain,
        "opened_at": to_text(problem.opened_at),
        "due_at": moment(problem.quiet_until),
        "offers": "yes" if problem.workaround and problem.state not in OVER else "no",
        "body": problem.model_dump_json(),
    }
