"""What came of each case: taken at first, after it was given back once, or fallen, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.domain.errors import Unusable
from pipeline.domain.findings import FindingLevel
from pipeline.domain.prose import Prose, Step
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.prose.assignment import Assignment
from pipeline.drafting.prose.contract import Contract, Fit, Unfit, filled
from pipeline.drafting.redaction import Rules
from pipeline.flow.writing.ladder import Rung, climb
from pipeline.flow.writing.model_writer import Commission, ModelWriter
from pipeline.flow.writing.remarks import Check, Remark, stopping
from pipeline.flow.writing.writers import Writers
from pipeline.model_ports import Answered, Call

from .answering import Answering
from .cases import Case

FIRST, REPAIRED, FALLEN = "first", "repaired", "fallen"


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A sentence that the guard stopped, by rule."""

    case: str
    rule: str
    words: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`codes` are those of the first answer; `answers` all that were given."""

    case: Case
    came: str
    codes: tuple[str, ...]
    stopped: tuple[Stopped, ...]
    answers: tuple[Answered, ...]
    same_prompt: bool
    why: str = ""


class _Watched(Contract):
    """A contract that remembers what it found."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.found: list[Unfit] = []

    def read(self, *given: Any, **named: Any) -> Fit | Unfit:
        found = super().read(*given, **named)
        if isinstance(found, Unfit):
            self.found.append(found)
        return found

    def unfit(self, found: Iterable[tuple[int | None, str]]) -> Unfit:
        made = super().unfit(found)
        self.found.append(made)
        return made


@dataclass(kw_only=True)
class _Asked:
    """Passes questions on, and keeps the answers."""

    to: Answering
    answers: list[Answered] = field(default_factory=list)
    turns: list[tuple[str, str]] = field(default_factory=list)

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return self.to.steps(audience=audience, incident=incident)

    def ask(self, call: Call) -> Answered:
        self.turns.append((call.turns[0].text, call.turns[1].text))
        said = self.to.ask(call)
        self.answers.append(said)
        return said


def outcomes(
    cases: Sequence[Case], answering: Answering, texts: Mapping[str, str], within: float
) -> Iterator[Outcome]:
    """Each case on the way on which every model is asked: hidden, read, filled in, and held to the record."""
    writers = Writers(lambda: texts, None, Rules())
    contract, states = _Watched(texts), load_states(texts)

    def sentences(assignment: Assignment, prose: Prose) -> list[str]:
        return filled(prose, assignment, states)

    for case in cases:
        contract.found.clear()
        answering.case, answering.asked = case.name, 0
        stopped: list[Stopped] = []
        checked = _noting(writers.check, stopped, case, sentences)
        asked = _Asked(to=answering)
        writer = ModelWriter(
            *(Step.MODEL, asked, contract),
            rules=Rules(),
            commission=Commission(
                of=case.name,
                incident=None,
                audience=case.assignment.audience.role,
                patience=lambda: within,
            ),
        )
        came, why = _came(writer, case, asked, checked)
        yield Outcome(
            case=case,
            came=came,
            codes=_codes(contract.found[:1]),
            stopped=tuple(stopped),
            answers=tuple(asked.answers),
            same_prompt=case.prompt in (None, contract_turns(contract, case)),
            why=why,
        )


def contract_turns(contract: Contract, case: Case) -> tuple[str, str]:
    """What a model would be asked today, with nothing hidden."""
    system, human = contract.asked(case.assignment).turns
    return system.text, human.text


def _untold(_: object) -> None:
    """Nobody watches."""


def _came(writer: ModelWriter, case: Case, asked: _Asked, checked: Check) -> tuple[str, str]:
    rung = Rung(step=Step.MODEL, writer=writer)
    try:
        climbed = climb(case.assignment, [rung], (checked,), _untold)
    except Unusable as unusable:
        return FALLEN, str(unusable)
    if held := stopping(climbed.remarks):
        return FALLEN, ", ".join(sorted({r.finding.rule for r in held if r.finding}))
    return (FIRST if len(asked.turns) == 1 else REPAIRED), ""


def _codes(found: Sequence[Unfit]) -> tuple[str, ...]:
    return tuple(sorted({p.code.value for unfit in found for p in unfit.problems if p.stops}))


def _noting(check: Check, into: list[Stopped], case: Case, sentences: Any) -> Check:
    def checked(assignment: Assignment, prose: Prose) -> Iterator[Remark]:
        texts = sentences(assignment, prose)
        for remark in check(assignment, prose):
            found = remark.finding
            if found is not None and found.level > FindingLevel.WARN:
                into.append(
                    Stopped(
                        case=case.name,
                        rule=f"{found.rule}: {found.detail}" if found.detail else found.rule,
                        words=found.excerpt,
                        sentence=texts[remark.sentence or 0],
                    )
                )
            yield remark

    return checked
