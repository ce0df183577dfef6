"""How does a chat model write a text? It sees no secret and no person, answers by contract, and once more if it must.

Its answer is held to the contract here. Filled in, a summary is held to the guard by the ladder, and a
message's passage here, because its second language is made from the first one as it passed. What is found
goes back to the model once; after that the next step has its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.errors import ModelFailed

from ...domain.communication import Reason
from ...domain.directory import Person
from ...domain.errors import Unusable
from ...domain.prose import Cost, Prose, Step
from ...drafting.prose.assignment import Assignment, Both
from ...drafting.prose.contract import Contract, Fit, Question, Text, Unfit, slot_text
from ...drafting.redaction import Rules, redact
from ...drafting.redaction.people import HAN, names_of_things, people_of
from ...model_ports import Answered, Call, Models, NotAsked, reason_of
from .costs import cost_of
from .remarks import Check, Judged, Remark, looked_at, stopping

WITHIN = 30.0
"""Seconds for one answer: somebody watches a summary being written."""
LEAST = 0.5
"""With less a model is not asked: nothing comes back in that time."""


@dataclass(frozen=True, kw_only=True)
class Commission:
    """For which text, of which ticket, for whom: what budgets and policies count by."""

    of: str
    incident: str | None
    audience: str
    purpose: str = "summary"
    patience: Callable[[], float] = lambda: WITHIN
    """Seconds that the next answer may take."""

    def call(
        self,
        step: Step,
        question: Question,
        *,
        within: float,
        purpose: str = "",
        fresh: bool = False,
    ) -> Call:
        """One question about the text; `purpose` where it is another than to write it."""
        return Call(
            step=step,
            purpose=purpose or self.purpose,
            of=self.of,
            incident=self.incident,
            audience=self.audience,
            prompt=question.prompt,
            material=question.material,
            turns=question.turns,
            form=question.form,
            within=within,
            fresh=fresh,
        )


@dataclass(frozen=True, kw_only=True)
class _Material:
    """What the model sees, what each placeholder in it stands for, and which names it may not write. `tells`
    are facts that the text must tell, `like` is the same text in the other language."""

    seen: Assignment
    placeholders: Mapping[str, str]
    names: tuple[str, ...]
    tells: Collection[str] = ()
    like: Fit | None = None


@dataclass(frozen=True, kw_only=True)
class _Round:
    """A question, and what its answer is worth."""

    question: Question
    material: _Material
    said: Answered
    read: Fit | Unfit


class ModelWriter:
    """A `Writer` on one step of the ladder, for one text; it can mend it (`ladder.Mending`) unless it had
    to be told already what was wrong with its first answer."""

    def __init__(
        self,
        step: Step,
        models: Models,
        contract: Contract,
        *,
        rules: Rules,
        commission: Commission,
        known: Callable[[], Iterable[Person]] = tuple,
    ) -> None:
        """`known` are the people of the directory, read when a text is redacted."""
        self._step, self._models, self._contract = step, models, contract
        self._rules, self._commission, self._known = rules, commission, known
        self._answers: list[Answered] = []
        self._failed: list[ModelFailed] = []
        self._answers_before = 0
        self._last: _Round | None = None

    @property
    def cost(self) -> Cost:
        """See `ladder.Mending`."""
        return cost_of(self._answers, self._failed)

    def write(self, assignment: Assignment) -> Prose:
        return self._enough(self._prose(self._first(self._material(assignment))))

    def write_both(
        self, both: Both, tells: Collection[str], checks: Sequence[Check]
    ) -> tuple[Judged, Judged] | None:
        """See `flow.writing.passages.PairWriter`: the second text is made from the first one, place by place."""
        first, second = both
        found = self._held(first, self._material(first, tells), checks)
        if found is None:
            return None
        judged, fit = found
        other = self._held(second, self._material(second, tells, fit), checks)
        if other is None:
            raise _unusable("step_gave_up_second", "it gives up at the second language")
        return judged, other[0]

    def _enough(self, prose: Prose | None) -> Prose:
        """Whether there is enough to write about is for code to say: the steps below have a floor of material."""
        if prose is None:
            raise _unusable("step_too_little", "it finds too little to write about")
        return prose

    def _material(
        self, assignment: Assignment, tells: Collection[str] = (), like: Fit | None = None
    ) -> _Material:
        seen, hidden = redact(assignment, self._rules, self._known())
        return _Material(
            seen=seen,
            placeholders={name: one.original for name, one in hidden.items()},
            names=_names_of(assignment),
            tells=tells,
            like=like,
        )

    def _first(self, material: _Material) -> Fit:
        """What fits of its first answer, or of its second one. Raises Unusable."""
        self._answers_before = len(self._answers)
        seen, placeholders = material.seen, material.placeholders
        if material.like is None:
            question = self._contract.asked(seen, placeholders)
        else:
            question = self._contract.asked_in_other(material.like, seen, placeholders)
        read = self._asked(question, material)
        return self._once_more(read) if isinstance(read, Unfit) else read

    def _held(
        self, assignment: Assignment, material: _Material, checks: Sequence[Check]
    ) -> tuple[Judged, Fit] | None:
        """A text that nothing holds, None when there is too little to write about; what was found in it is
        told once. Raises Unusable."""
        fit = self._first(material)
        prose = self._prose(fit)
        if prose is None:
            return None
        remarks = looked_at(assignment, prose, checks)
        if found := stopping(remarks):
            prose = self.mend(found)
            remarks = looked_at(assignment, prose, checks)
            if stopping(remarks):
                raise _unusable(
                    "step_not_held", "its answer is of no use: the record does not hold it"
                )
        last = self._last
        assert last is not None  # noqa: S101 - the text was made from its answer
        assert isinstance(last.read, Fit)  # noqa: S101 - what does not fit raised Unusable
        return Judged(prose=prose, remarks=remarks), last.read

    def mend(self, remarks: Sequence[Remark]) -> Prose:
        """See `ladder.Mending`."""
        told = len(self._answers) - self._answers_before > 1
        if self._last is None or not isinstance(self._last.read, Fit) or told:
            raise _unusable("step_told_before", "it was told before what was wrong with its answer")
        fit = self._last.read
        found = [_told(remark, fit) for remark in remarks if remark.stops]
        return self._enough(self._prose(self._once_more(self._contract.unfit(found))))

    def _once_more(self, found: Unfit) -> Fit:
        """Raises Unusable when the second answer does not fit either."""
        last = self._last
        assert last is not None  # noqa: S101 - nothing is found wrong with what was never asked
        question = self._contract.repaired(last.question, last.said.text, found)
        read = self._asked(question, last.material)
        if isinstance(read, Unfit):
            raise _unfit(read)
        return read

    def _asked(self, question: Question, material: _Material) -> Fit | Unfit:
        said = self._ask(question)
        read = self._read(said, material)
        if said.kept and isinstance(read, Unfit):
            # It was of no use before: that is no reason never to ask again.
            said = self._ask(question, fresh=True)
            read = self._read(said, material)
        self._last = _Round(question=question, material=material, said=said, read=read)
        return read

    def _read(self, said: Answered, material: _Material) -> Fit | Unfit:
        return self._contract.read(
            *(said.text, material.seen, material.placeholders),
            names=material.names,
            like=material.like,
            tells=material.tells,
        )

    def _ask(self, question: Question, *, fresh: bool = False) -> Answered:
        within = self._commission.patience()
        if within < LEAST:
            raise _unusable("step_out_of_time", "its time is over")
        call = self._commission.call(self._step, question, within=within, fresh=fresh)
        try:
            answered = self._models.ask(call)
        except NotAsked as not_asked:
            raise Unusable(str(not_asked), reason=reason_of(not_asked)) from None
        except ModelFailed as failed:
            self._failed.append(failed)
            raise Unusable(str(failed), reason=reason_of(failed)) from None
        self._answers.append(answered)
        return answered

    def _prose(self, fit: Fit) -> Prose | None:
        """Code fills values from the assignment as it was before anything was hidden."""
        last = self._last
        if not fit.enough or last is None:
            return None
        return Prose(
            language=last.material.seen.language,
            sentences=fit.sentences,
            step=self._step,
            model=last.said.model,
            prompt=last.question.prompt,
            cost=self.cost,
        )


def _told(remark: Remark, fit: Fit) -> tuple[int | None, str]:
    """Which sentence of the model's answer is meant, and in which words. The checks saw the text with its
    values filled in, so what they quote goes back only where the model wrote it itself; else it is told its
    own sentence, slots and placeholders as they were."""
    excerpt, rule = "", ""
    if (found := remark.stops) is not None:
        excerpt, rule = found.excerpt, found.rule
    if remark.sentence is None:
        return None, excerpt if _is_own(excerpt, fit.texts) else rule
    text = fit.texts[remark.sentence]
    words = excerpt if _is_own(excerpt, [text]) else slot_text(text.pieces).rstrip(".。")
    return fit.places[remark.sentence], words


def _is_own(excerpt: str, texts: Sequence[Text]) -> bool:
    own = (piece for text in texts for piece in text.pieces if isinstance(piece, str))
    return bool(excerpt) and any(excerpt in piece for piece in own)


def _names_of(assignment: Assignment) -> tuple[str, ...]:
    """What only slots may tell, beside what the model sees: services and groups in both languages, and whole
    names of people. A single word of a name may be an ordinary one."""
    facts = [*assignment.facts.values()]
    people = (name for person in people_of(facts, assignment.lines) for name in person.names)
    whole = (name for name in people if " " in name or HAN.search(name))
    return (*names_of_things(facts), *whole)


def _unusable(code: str, detail: str) -> Unusable:
    return Unusable(detail, reason=Reason(code=code))


def _unfit(unfit: Unfit) -> Unusable:
    """The first of the problems is told to people, by its code; logs hold what the model is told."""
    first, *more = [problem for problem in unfit.problems if problem.stops]
    reason = Reason(code=f"answer_{first.code.value}", values={"words": first.words})
    told = f"{first.told} (and {len(more)} more)" if more else first.told
    return Unusable(f"its answer is of no use: {told}", reason=reason)
