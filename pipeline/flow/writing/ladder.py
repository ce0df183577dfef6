"""Who writes a summary? The steps of the ladder in their order, until one's text passes every check.

What a step failed for is kept beside the text. A text that only needs a person's eye is kept in hand: it
is given, with its findings, when no step below it does better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

import structlog

from ...domain.communication import Reason
from ...domain.errors import Unusable
from ...domain.facts import Fact
from ...domain.findings import FindingLevel
from ...domain.prose import Cost, Fall, Prose, Quoted, Ref, Step
from ...drafting.prose.assignment import Assignment, Writer
from .remarks import Check, Opinion, Remark, looked_at, looking

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of the ladder, with who writes on it, and who is asked about what the checks let pass."""

    step: Step
    writer: Writer
    opinion: Opinion | None = None


@runtime_checkable
class Mending(Protocol):
    """A writer of one text that is paid for each try, and may try once more."""

    @property
    def cost(self) -> Cost:
        """Of all that it asked so far, whether anything came of it or not."""

    def mend(self, remarks: Sequence[Remark]) -> Prose:
        """The text that it wrote last, without what the checks found in it. Raises Unusable when it has
        nothing better."""


class Rungs(Protocol):
    def __call__(self, *, of: str, incident: str | None, audience: str) -> Sequence[Rung]:
        """The steps for one text, the first to be tried first: which models may read what concerns this
        incident, for these readers, is decided here. `of` is the text's id, by which budgets count."""


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


Readable = Callable[[Assignment], Mapping[str, str]]
"""By the id of a line the words of it that people outside may read."""


def _nothing(everything: Assignment) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Writing:
    """All that writes and judges a text: `flow/writing/writers.py` holds the parts, `summary_writing.py` puts them in."""

    rungs: Rungs
    checks: Sequence[Check] = ()
    candidates: Candidates = _none
    readable: Readable = _nothing


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
    details: list[str] = []
    in_hand: Climbed | None = None
    cost = Cost()
    for rung in rungs:
        tell(Begun(step=rung.step))
        tried = _tried(rung, assignment, checks)
        cost += tried.cost
        if tried.found is not None and tried.why is None:
            return _with(tried.found, falls, cost)
        if tried.found is not None and _worst(tried.found) is FindingLevel.HOLD:
            in_hand = in_hand or tried.found
        fall = Fall(step=rung.step, why=tried.why or Reason(code="step_nothing"), then=tried.then)
        falls.append(fall)
        details.append(f"{rung.step.value}: {tried.detail}")
        tell(Fell(fall=fall))
    if in_hand is None:
        raise Unusable(f"nothing could be written ({'; '.join(details) or 'no step may be asked'})")
    return _with(in_hand, falls, cost)


@dataclass(frozen=True, kw_only=True)
class _Try:
    """What came of a step. `why` it does not do is None where it does; `found` may be held all the same. `then`
    is why it mended nothing, `detail` both for logs."""

    found: Climbed | None
    why: Reason | None
    then: Reason | None
    detail: str
    cost: Cost


def _tried(rung: Rung, assignment: Assignment, checks: Sequence[Check]) -> _Try:
    """Its text is judged here, once; a writer that can mend it is told once what was found."""
    writer, checks = rung.writer, looking(checks, rung.opinion)
    found: Climbed | None = None
    why: Reason | None = None
    then: Reason | None = None
    detail = ""
    try:
        found = _judged(writer.write(assignment), assignment, checks)
        why = _stopped(found)
        if why and isinstance(writer, Mending):
            found = _judged(writer.mend(found.remarks), assignment, checks)
            why = _stopped(found)
    except Unusable as unusable:
        detail = str(unusable)
        why, then = (why, unusable.reason) if why else (unusable.reason, None)
    except Exception as unforeseen:
        # The next step must not suffer for a fault of this one.
        log.exception(
            "a step of the ladder failed", step=rung.step.value, ticket=assignment.brief.number
        )
        why, then = fault(unforeseen), None
    if why is not None and (then or not detail):
        detail = f"{' '.join((why.code, *why.values.values()))} {detail}".strip()
    return _Try(found=found, why=why, then=then, detail=detail, cost=_cost(rung, found))


def _cost(rung: Rung, found: Climbed | None) -> Cost:
    """Also of what came to nothing."""
    opinion = rung.opinion.cost if rung.opinion else Cost()
    if isinstance(rung.writer, Mending):
        return rung.writer.cost + opinion
    return (found.cost if found else Cost()) + opinion


def _judged(prose: Prose | None, assignment: Assignment, checks: Sequence[Check]) -> Climbed:
    if prose is None:
        return Climbed(prose=None)
    _refuse_ungiven(assignment, prose)
    remarks = looked_at(assignment, prose, checks)
    return Climbed(prose=prose, remarks=remarks, cost=prose.cost)


def _refuse_ungiven(assignment: Assignment, prose: Prose) -> None:
    """Raises Unusable for a sentence that rests on what its writer was never given."""
    given = {*assignment.facts, *(line.id for line in assignment.lines)}
    for sentence in prose.sentences:
        named = [piece.fact for piece in sentence.pieces if isinstance(piece, Ref)]
        for name in (*sentence.rests_on, *named):
            if name not in given:
                reason = Reason(code="step_not_given", values={"name": name})
                raise Unusable(f"a sentence rests on {name}", reason=reason)


def _with(found: Climbed, falls: Sequence[Fall], cost: Cost) -> Climbed:
    """The steps that fell, those that the writer tells of itself before them."""
    own = found.prose.falls if found.prose else ()
    return Climbed(
        prose=found.prose,
        remarks=found.remarks,
        falls=(*own, *(fall for fall in falls if fall not in own)),
        cost=cost,
    )


def _worst(found: Climbed) -> FindingLevel:
    levels = (remark.finding.level for remark in found.remarks if remark.finding)
    return max(levels, default=FindingLevel.WARN)


def _stopped(found: Climbed) -> Reason | None:
    """By which rules; None for a text that nothing holds."""
    rules = {finding.rule for remark in found.remarks if (finding := remark.stops)}
    values = {"rules": ", ".join(sorted(rules))}
    return Reason(code="step_stopped", values=values) if rules else None


def fault(unforeseen: Exception) -> Reason:
    """Of this program; its log has the rest."""
    return Reason(code="step_fault", values={"fault": type(unforeseen).__name__})
