"""How does a chat model write a text? It sees no secret and no person, answers by contract, and once more if it must.

An answer is judged before anybody sees it: by the contract, and, filled in, by the guard. What is found
goes back to the model once; after that the next step of the ladder has its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from .passages import Both

N = TypeVar("N", int, float)
WITHIN = 30.0
"""Seconds for one answer: somebody watches a summary being written."""
LEAST = 0.5
"""With less a model is not asked: nothing comes back in that time."""
Checked = Callable[[Assignment, Prose], Iterable[Remark]]


@dataclass(frozen=True, kw_only=True)
class Commission:
    """For which text, of which ticket, for whom: what budgets and policies count by."""

    of: str
    incident: str | None
    audience: str
    purpose: str = "summary"
    patience: Callable[[], float] = lambda: WITHIN
    """Seconds that the next answer may take."""


@dataclass(frozen=True, kw_only=True)
class _Task:
    """`seen` is the assignment without what is hidden from a model, `tells` are facts that the text must tell,
    `like` is the same text in the other language."""

    assignment: Assignment
    seen: Assignment
    placeholders: Mapping[str, str]
    tells: Collection[str] = ()
    like: Fit | None = None


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
        task = self._task(assignment)
        found = self._written(task, self._contract.asked(task.seen, task.placeholders))
        return found[0] if found else None

    def write_both(self, both: Both, tells: Collection[str]) -> tuple[Prose, Prose] | None:
        """See `flow.passages.PairWriter`: the second text is made from the first one, place by place."""
        first, second = (self._task(assignment, tells) for assignment in both)
        found = self._written(first, self._contract.asked(first.seen, first.placeholders))
        if found is None:
            return None
        prose, fit = found
        question = self._contract.asked_in_other(fit, second.seen, second.placeholders)
        other = self._written(replace(second, like=fit), question)
        if other is None:
            raise Unusable("it gives up at the second language")
        return prose, other[0]

    def _task(self, assignment: Assignment, tells: Collection[str] = ()) -> _Task:
        seen, hidden = redact(assignment, self._rules)
        placeholders = {name: one.original for name, one in hidden.items()}
        return _Task(assignment=assignment, seen=seen, placeholders=placeholders, tells=tells)

    def _written(self, task: _Task, question: Question) -> tuple[Prose, Fit] | None:
        """None when its writer says that there is too little to write about."""
        first = self._ask(question)
        found = self._read(first, question, task, [first])
        if isinstance(found, Unfit):
            again = self._contract.repaired(question, first.text, found)
            second = self._ask(again)
            found = self._read(second, again, task, [first, second])
        if isinstance(found, Unfit):
            raise Unusable(f"its answer is of no use: {_first(found)}")
        return found

    def _ask(self, question: Question) -> Answered:
        of = self._commission
        within = of.patience()
        if within < LEAST:
            raise Unusable("its time is over")
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
            within=within,
        )
        try:
            return self._models.ask(call)
        except ModelFailed as failed:
            raise Unusable(str(failed)) from None

    def _read(
        self, said: Answered, question: Question, task: _Task, answers: list[Answered]
    ) -> tuple[Prose, Fit] | Unfit | None:
        """Code fills values from the assignment as it was before anything was hidden."""
        known = task.placeholders
        read = self._contract.read(
            *(said.text, task.seen, known), names=known.values(), like=task.like, tells=task.tells
        )
        if isinstance(read, Unfit):
            return read
        if not read.enough:
            return None
        prose = self._prose(read, said, question, task.assignment, answers)
        stopped = [
            ((remark.sentence or 0) + 1, remark.finding.excerpt or remark.finding.rule)
            for remark in self._checked(task.assignment, prose)
            if remark.finding is not None and remark.finding.level > FindingLevel.WARN
        ]
        return self._contract.unfit(stopped) if stopped else (prose, read)

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
