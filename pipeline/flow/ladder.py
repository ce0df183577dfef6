"""Who writes a text? The steps of the ladder in their order, until one's text passes every check.

What a step failed for is kept beside the text. A text that only needs a person's eye is kept in hand: it
is given, with its findings, when no step below it does better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

import structlog

from ..domain.errors import Unusable
from ..domain.facts import Fact
from ..domain.findings import Finding, FindingLevel
from ..domain.prose import Claimed, Cost, Fall, Prose, Quoted, Ref, Standing, Step
from ..drafting.prose.assignment import Assignment, Writer

log = structlog.get_logger(__name__)
N = TypeVar("N", int, float)


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of the ladder, with who writes on it."""

    step: Step
    writer: Writer


class Rungs(Protocol):
    def __call__(self, *, of: str, incident: str | None, audience: str) -> Sequence[Rung]:
        """The steps for one text, the first to be tried first: which models may read what concerns this
        incident, for these readers, is decided here. `of` is the text's id, by which budgets count."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a check says about a sentence, counted from 0, or about the whole text (None). `standing` is
    how the sentence stands to the record, `claims` what it says and what that was held to."""

    sentence: int | None = None
    finding: Finding | None = None
    standing: Standing | None = None
    claims: tuple[Claimed, ...] = ()


Check = Callable[[Assignment, Prose], Iterable[Remark]]


class Candidates(Protocol):
    def __call__(
        self, lines: Sequence[Quoted], *, facts: Sequence[Fact], now: datetime, zone: ZoneInfo
    ) -> Sequence[Fact]:
        """Typed values found literally in the lines, reported and not confirmed. `facts` name the people
        and services that are looked for."""


def _none(
    lines: Sequence[Quoted], *, facts: Sequence[Fact], now: datetime, zone: ZoneInfo
) -> Sequence[Fact]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Writing:
    """All that writes and judges a text: `summary_writing.py` puts the parts in."""

    rungs: Rungs
    checks: Sequence[Check] = ()
    candidates: Candidates = _none


@dataclass(frozen=True, kw_only=True)
class Begun:
    step: Step


@dataclass(frozen=True, kw_only=True)
class Fell:
    fall: Fall


Progress = Begun | Fell
Tell = Callable[[Progress], None]
_NOTHING = Cost()


@dataclass(frozen=True, kw_only=True)
class Climbed:
    """`prose` is None when there is not enough to write about; `cost` is that of all steps tried."""

    prose: Prose | None
    remarks: tuple[Remark, ...] = ()
    falls: tuple[Fall, ...] = ()
    cost: Cost = _NOTHING


def climb(
    assignment: Assignment, rungs: Sequence[Rung], checks: Sequence[Check], tell: Tell
) -> Climbed:
    """The first text that nothing holds; else the first that a person may let pass.

    Raises Unusable, with every step's reason, when there is none.
    """
    falls: list[Fall] = []
    in_hand: Climbed | None = None
    cost = Cost()
    for rung in rungs:
        tell(Begun(step=rung.step))
        tried = _tried(rung, assignment, checks)
        if isinstance(tried, Climbed):
            cost = added(cost, tried.cost)
            worst = _worst(tried)
            if worst <= FindingLevel.WARN:
                return _with(tried, falls, cost)
            in_hand = in_hand or (tried if worst is FindingLevel.HOLD else None)
            tried = Fall(step=rung.step, why=_rules(tried))
        falls.append(tried)
        tell(Fell(fall=tried))
    if in_hand is None:
        why = "; ".join(f"{fall.step.value}: {fall.why}" for fall in falls)
        raise Unusable(f"nothing could be written ({why or 'no step may be asked'})")
    return _with(in_hand, falls, cost)


def looked_at(assignment: Assignment, prose: Prose, checks: Sequence[Check]) -> tuple[Remark, ...]:
    """All that the checks say about a text, whoever wrote it."""
    return tuple(remark for check in checks for remark in check(assignment, prose))


def added(one: Cost, other: Cost) -> Cost:
    """Both together; what neither counted stays unknown."""
    return Cost(
        calls=one.calls + other.calls,
        tokens_in=_sum(one.tokens_in, other.tokens_in),
        tokens_out=_sum(one.tokens_out, other.tokens_out),
        money=_sum(one.money, other.money),
        seconds=one.seconds + other.seconds,
    )


def _tried(rung: Rung, assignment: Assignment, checks: Sequence[Check]) -> Climbed | Fall:
    try:
        prose = rung.writer.write(assignment)
        if prose is None:
            return Climbed(prose=None)
        _refuse_ungiven(assignment, prose)
        remarks = looked_at(assignment, prose, checks)
    except Unusable as unusable:
        return Fall(step=rung.step, why=str(unusable))
    except Exception as unforeseen:
        # The next step must not suffer for a fault of this one.
        log.exception("a step of the ladder failed", step=rung.step.value)
        return Fall(step=rung.step, why=type(unforeseen).__name__)
    return Climbed(prose=prose, remarks=remarks, cost=prose.cost)


def _refuse_ungiven(assignment: Assignment, prose: Prose) -> None:
    """Raises Unusable for a sentence that rests on what its writer was never given."""
    given = {*assignment.facts, *(line.id for line in assignment.lines)}
    for sentence in prose.sentences:
        named = [piece.fact for piece in sentence.pieces if isinstance(piece, Ref)]
        for name in (*sentence.rests_on, *named):
            if name not in given:
                raise Unusable(f"a sentence rests on {name}, which it was not given")


def _with(found: Climbed, falls: Sequence[Fall], cost: Cost) -> Climbed:
    """The steps that fell, those that the writer tells of itself before them."""
    own = found.prose.falls if found.prose else ()
    return Climbed(
        prose=found.prose,
        remarks=found.remarks,
        falls=tuple(dict.fromkeys((*own, *falls))),
        cost=cost,
    )


def _worst(found: Climbed) -> FindingLevel:
    levels = (remark.finding.level for remark in found.remarks if remark.finding)
    return max(levels, default=FindingLevel.WARN)


def _rules(found: Climbed) -> str:
    rules = {
        remark.finding.rule
        for remark in found.remarks
        if remark.finding and remark.finding.level > FindingLevel.WARN
    }
    return f"stopped by the checks: {', '.join(sorted(rules))}"


def _sum(one: N | None, other: N | None) -> N | None:
    return other if one is None else one if other is None else one + other
