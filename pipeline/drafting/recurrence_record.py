"""What does the record hold about a chain, and about the problem that was made of it? As facts, cut by who may know.

What tickets say is for those who work on them; that there is a problem, and what helps meanwhile, is for those
who answer the telephone as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.communication import OF_RECURRENCE, Communication, Kind
from ..domain.directory import Names
from ..domain.facts import Fact, FactValue, Level, ValueKind
from ..domain.incident import Incident
from ..domain.keys import major_scope
from ..domain.problem import Problem
from ..domain.recurring import Chain
from .slot_names import CASES_SHOWN, case_slot
from .text_record import fact_of_text

K = ValueKind
Told = tuple[str, ValueKind, FactValue | None]
DAY = timedelta(days=1)
EARLIER = 5
"""Numbers of earlier tickets that a sentence names."""
SEPARATOR = " · "


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """A chain as it stands when it is told: `times` of all its cases, the latest `cases` themselves, `shared` and
    `varying` names, and whom the rules suggest as owner. Without a row of its own there is nothing to tell."""

    chain: Chain
    times: tuple[datetime, ...]
    cases: tuple[Incident, ...]
    shared: tuple[str, ...] = ()
    varying: tuple[str, ...] = ()
    service: Names | None = None
    owner: FactValue | None = None
    priority: str | None = None
    lasted: int | None = None
    """Minutes, of those cases that are over."""
    problem: Problem | None = None
    problem_owner: FactValue | None = None

    @property
    def card(self) -> str:
        """Under which its alerts take each other's place."""
        return f"chain:{self.chain.id}"


def recurrence_facts(
    incident: Incident, c: Communication, recurring: Recurring | None
) -> tuple[Fact, ...]:
    """None for a message that is not about recurrence."""
    if recurring is None or c.kind not in OF_RECURRENCE:
        return ()
    open_to = Level.INTERNAL if c.kind is Kind.RECURRENCE_ALERT else Level.AFFECTED
    # Of a ticket nobody else's circle knows the number; who hears of its problem has to.
    told: list[tuple[Level, Told]] = [(open_to, ("number", K.IDENTIFIER, incident.number))]
    told += [(open_to, one) for one in _of_chain(recurring)]
    told += [(Level.INTERNAL, one) for one in (*_of_cases(recurring), *_proposed(recurring))]
    if recurring.problem is not None:
        told += [(Level.AFFECTED, one) for one in _of_problem(recurring, recurring.problem)]
        told += [(Level.INTERNAL, one) for one in _inside(recurring.problem)]
    return tuple(
        fact_of_text(c, name, kind, value, level, major_scope(incident.id))
        for level, (name, kind, value) in told
        if value is not None
    )


def _of_chain(recurring: Recurring) -> Iterator[Told]:
    times = recurring.times
    yield "chain_kind", K.STATE, f"chain.{recurring.chain.kind}"
    yield "chain_cases", K.NUMBER, len(times)
    yield "chain_since", K.TIME, times[0] if times else None
    yield "chain_latest", K.TIME, times[-1] if times else None
    yield "chain_service", K.NAME, recurring.service
    lasted = recurring.lasted
    yield "chain_lasted", K.DURATION, lasted * 60 if lasted else None


def _of_cases(recurring: Recurring) -> Iterator[Told]:
    for n, case in enumerate(recurring.cases[-CASES_SHOWN:], 1):
        yield case_slot(n, "number"), K.IDENTIFIER, case.number
        yield case_slot(n, "at"), K.TIME, case.opened_at
        yield case_slot(n, "title"), K.QUOTE, case.title.value
    yield "chain_shared", K.QUOTE, _joined(recurring.shared)
    yield "chain_differs", K.QUOTE, _joined(recurring.varying)
    solved = [case for case in recurring.cases if case.resolution is not None]
    for case in solved[-1:]:
        found = case.resolution
        yield "chain_fix", K.QUOTE, found.value.fix_summary if found else None
        yield "chain_fix_number", K.IDENTIFIER, case.number
    causes = [c.resolution.value.cause_confirmed for c in solved if c.resolution]
    yield "chain_cause", K.QUOTE, next((cause for cause in reversed(causes) if cause), None)


def _proposed(recurring: Recurring) -> Iterator[Told]:
    yield "chain_owner", K.NAME, recurring.owner
    yield "chain_priority", K.IDENTIFIER, recurring.priority


def _of_problem(recurring: Recurring, problem: Problem) -> Iterator[Told]:
    step = problem.last_step
    yield "problem_number", K.IDENTIFIER, problem.number
    yield "problem_title", K.QUOTE, problem.title
    yield "problem_state", K.STATE, f"problem.{step.value}" if step else None
    yield "problem_owner", K.NAME, recurring.problem_owner
    yield "problem_workaround", K.QUOTE, problem.workaround
    yield "problem_fix", K.QUOTE, problem.fix
    yield "quiet_until", K.TIME, problem.quiet_until


def _inside(problem: Problem) -> Iterator[Told]:
    yield "problem_priority", K.IDENTIFIER, problem.priority
    yield "problem_outside", K.IDENTIFIER, problem.outside
    yield "problem_cause", K.QUOTE, problem.cause


def _joined(names: Sequence[str]) -> str | None:
    return SEPARATOR.join(names) or None
