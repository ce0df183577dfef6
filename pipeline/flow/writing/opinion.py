"""Does a model doubt what the checks of code let pass? Asked once for each text, and heard only where it doubts.

No answer, a late one and one that does not fit change nothing: the text is then what the checks say it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import structlog

from knowledge.errors import ModelFailed

from ...domain.communication import Reason
from ...domain.directory import Person
from ...domain.findings import Finding, FindingLevel, Words
from ...domain.prose import Claimed, Cost, Prose, Standing, Step
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.contract import filled
from ...drafting.prose.opinion import Asked, Doubt, OpinionPrompt, Way, asked_about
from ...drafting.prose.told import States
from ...drafting.redaction import Rules, redact
from ...model_ports import OPINION, Answered, Models, NotAsked
from .costs import cost_of
from .model_writer import Commission
from .remarks import Remark

PURPOSE = CHECK = OPINION
WITHIN = 15.0
"""Seconds for one answer, and at most half of what is left: what comes after it needs its time too."""
LEAST = 2.0
"""With less a model is not asked: it would only look as if it had failed."""
MODELS = (Step.MODEL, Step.SECOND_MODEL)
STANDINGS = {Way.CONTRADICTED: Standing.CONTRADICTED}
"""Of a sentence in doubt; in every other way the record does not hold it."""
REASONS = {
    Way.CONTRADICTED: "the record says otherwise",
    Way.NOT_SAID: "the record does not say it",
    Way.SURER: "the record is less sure",
    Way.WIDER: "the record says it of less",
}
RULES = {way: f"{CHECK}-{way.value.replace('_', '-')}" for way in Way}
"""Of the sentences that the console shows."""
Asking = Literal["off", "on", "model", "second_model"]
"""Who is asked: `on` is the second model, the first where there is no second one."""

log = structlog.get_logger(__name__)


def step_of(asking: Asking, steps: Sequence[Step]) -> Step | None:
    """Which of the models that may read a text is asked for its opinion; None where that one may not."""
    if asking == "off":
        return None
    wanted = reversed(MODELS) if asking == "on" else [Step(asking)]
    return next((step for step in wanted if step in steps), None)


class SecondOpinion:
    """`remarks.Opinion` of the model on this step. Each remark lowers a sentence: there is none that could
    raise one, or take a finding away."""

    def __init__(
        self,
        step: Step,
        models: Models,
        prompt: OpinionPrompt,
        states: States,
        *,
        rules: Rules,
        commission: Commission,
        known: Callable[[], Iterable[Person]] = tuple,
    ) -> None:
        """`known` are the people of the directory, read when a text is redacted."""
        self._step, self._models, self._prompt, self._states = step, models, prompt, states
        self._rules, self._commission, self._known = rules, commission, known
        self._answers: list[Answered] = []
        self._failed: list[ModelFailed] = []

    @property
    def cost(self) -> Cost:
        """See `remarks.Opinion`."""
        return cost_of(self._answers, self._failed)

    def __call__(self, assignment: Assignment, prose: Prose) -> Sequence[Remark]:
        if prose.step not in MODELS or not prose.sentences:
            return ()
        try:
            return self._asked(assignment, prose)
        except ModelFailed as failed:
            log.info("no second opinion", of=self._commission.of, why=str(failed))
        except Exception:
            # The text must not suffer for a fault of ours.
            log.exception("no second opinion", of=self._commission.of)
        return ()

    def _asked(self, assignment: Assignment, prose: Prose) -> tuple[Remark, ...]:
        within = min(WITHIN, self._commission.patience() / 2)
        if within < LEAST:
            raise NotAsked("there is no time for it")
        seen, hidden = redact(assignment, self._rules, self._known())
        placeholders = {name: one.original for name, one in hidden.items()}
        asked = asked_about(prose, seen, placeholders, self._prompt, self._states)
        answered = self._answer(asked, within)
        texts = filled(prose, assignment, self._states)
        return tuple(self._remarks(asked.doubts(answered.text), prose, texts, answered.model))

    def _answer(self, asked: Asked, within: float) -> Answered:
        call = self._commission.call(self._step, asked.question, within=within, purpose=PURPOSE)
        try:
            answered = self._models.ask(call)
        except NotAsked:
            raise
        except ModelFailed as failed:
            self._failed.append(failed)
            raise
        self._answers.append(answered)
        return answered

    def _remarks(
        self, doubts: Sequence[Doubt], prose: Prose, texts: Sequence[str], model: str
    ) -> Iterator[Remark]:
        for doubt in doubts:
            n = doubt.sentence - 1
            # What a model says is shown to nobody: the words are the sentence's own, or all of them.
            words = doubt.words if doubt.words in texts[n] else texts[n]
            reason = f"in the opinion of {model} {REASONS[doubt.doubt]}"
            standing = STANDINGS.get(doubt.doubt, Standing.UNSUPPORTED)
            why = Reason(code=f"claim_opinion_{doubt.doubt.value}", values={"model": model})
            claim = Claimed(kind=CHECK, words=words, standing=standing, reason=why)
            finding = Finding(
                check=CHECK,
                rule=RULES[doubt.doubt],
                level=FindingLevel.HOLD,
                form="prose",
                language=prose.language,
                excerpt=words,
                detail=reason,
                words=Words.MODEL,
            )
            yield Remark(sentence=n, finding=finding, standing=standing, claims=(claim,))
