"""How does a chat model write a text? It sees no secret and no person, answers by contract, and once more if it must.

An answer is judged before anybody sees it: by the contract, and, filled in, by the guard. What is found
goes back to the model once; after that the next step of the ladder has its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowledge.errors import ModelFailed

from ..domain.errors import Unusable
from ..domain.findings import FindingLevel
from ..domain.prose import Cost, Prose, Step
from ..drafting.prose.assignment import Assignment
from ..drafting.prose.contract import Contract, Fit, Question, Unfit
from ..drafting.redaction import Rules, redact
from ..model_ports import Answered, Call, Models
from .ladder import Remark

N = TypeVar("N", int, float)
WITHIN = 30.0
"""Seconds for one answer: somebody watches a summary being written."""
Checked = Callable[[Assignment, Prose], Iterable[Remark]]


@dataclass(frozen=True, kw_only=True)
class Commission:
    """For which text, of which ticket, for whom: what budgets and policies count by."""

    of: str
    incident: str | None
    audience: str
    purpose: str = "summary"
    within: float = WITHIN


class ModelWriter:
    """A `Writer` on one step of the ladder."""

    def __init__(
        self,
        step: Step,
        models: Models,
        contract: Contract,
        *,
        rules: Rules,
        checked: Checked,
        commission: Commission,
    ) -> None:
        self._step, self._models, self._contract = step, models, contract
        self._rules, self._checked, self._commission = rules, checked, commission

    def write(self, assignment: Assignment) -> Prose | None:
        seen, hidden = redact(assignment, self._rules)
        placeholders = {name: one.original for name, one in hidden.items()}
        question = self._contract.asked(seen, placeholders)
        first = self._ask(question)
        prose, found = self._read(first, question, assignment, seen, placeholders, [first])
        if found is None:
            return prose
        again = self._contract.repaired(question, first.text, found)
        second = self._ask(again)
        prose, found = self._read(second, again, assignment, seen, placeholders, [first, second])
        if found is not None:
            raise Unusable(f"its answer is of no use: {_first(found)}")
        return prose

    def _ask(self, question: Question) -> Answered:
        of = self._commission
        call = Call(
            step=self._step,
            purpose=of.purpose,
            of=of.of,
            incident=of.incident,
            audience=of.audience,
            prompt=question.prompt,
            material=question.material,
            turns=question.turns,
            form=question.form,
            within=of.within,
        )
        try:
            return self._models.ask(call)
        except ModelFailed as failed:
            raise Unusable(str(failed)) from None

    def _read(
        self,
        said: Answered,
        question: Question,
        assignment: Assignment,
        seen: Assignment,
        placeholders: Mapping[str, str],
        answers: list[Answered],
    ) -> tuple[Prose | None, Unfit | None]:
        """The prose, or what is wrong with it. Code fills values from the assignment as it was before
        anything was hidden."""
        read = self._contract.read(said.text, seen, placeholders, names=placeholders.values())
        if isinstance(read, Unfit):
            return None, read
        if not read.enough:
            return None, None
        prose = self._prose(read, said, question, assignment, answers)
        stopped = [
            ((remark.sentence or 0) + 1, remark.finding.excerpt or remark.finding.rule)
            for remark in self._checked(assignment, prose)
            if remark.finding is not None and remark.finding.level > FindingLevel.WARN
        ]
        return prose, self._contract.unfit(stopped) if stopped else None

    def _prose(
        self,
        fit: Fit,
        said: Answered,
        question: Question,
        assignment: Assignment,
        answers: list[Answered],
    ) -> Prose:
        return Prose(
            language=assignment.language,
            sentences=fit.sentences,
            step=self._step,
            model=said.model,
            prompt=question.prompt,
            cost=_cost(answers),
        )


def _cost(answers: list[Answered]) -> Cost:
    asked = [one for one in answers if not one.kept]
    return Cost(
        calls=len(asked),
        tokens_in=_sum([one.tokens_in for one in asked]),
        tokens_out=_sum([one.tokens_out for one in asked]),
        money=_sum([one.money for one in asked]),
        seconds=sum(one.seconds for one in asked),
    )


def _sum(counts: Sequence[N | None]) -> N | None:
    """None as soon as one is not known."""
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return None
    return sum(known[1:], known[0])


def _first(unfit: Unfit) -> str:
    stops = [problem.told for problem in unfit.problems if problem.stops]
    more = f" (and {len(stops) - 1} more)" if len(stops) > 1 else ""
    return f"{stops[0]}{more}"
