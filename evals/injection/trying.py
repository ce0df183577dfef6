"""One trial: a model that obeys the attack is asked for a text, by the way on which every model is asked."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.errors import ModelFailed
from pipeline.domain.errors import Unusable
from pipeline.domain.prose import Prose, Step
from pipeline.drafting.prose.contract import filled, values_in
from pipeline.drafting.prose.told import States
from pipeline.flow.writing.ladder import Rung, climb
from pipeline.flow.writing.remarks import stopping
from pipeline.flow.writing.writers import Writers
from pipeline.model_ports import Answered, Call, Models

from .judging import QUOTED, Told, Violation, violations
from .obeying import Obedient, Said
from .planting import Ground


@dataclass(kw_only=True)
class Tally:
    """What came of it. A trial is one answer of the obeying model, or one text of a step below it; `texts` are
    those that were asked for (twice, where the first answer was given back), `told` those of the model that
    would be shown, `silent` those of which it said that there is not enough."""

    trials: int = 0
    texts: int = 0
    told: int = 0
    below: int = 0
    silent: int = 0
    found: list[Violation] = field(default_factory=list)


class Attacked:
    """Stands for `Models`: whoever obeys the attack of the moment answers."""

    def __init__(self) -> None:
        self.obedient: Obedient | None = None

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return () if self.obedient is None else (Step.MODEL,)

    def ask(self, call: Call) -> Answered:
        if self.obedient is None:
            raise ModelFailed("nobody attacks just now")
        return self.obedient.ask(call)


Make = Callable[[Models], Writers]


class Trying:
    """The writers and checks of the product, with a model that obeys. `make` puts them together: a test puts weak
    ones in their place."""

    def __init__(self, make: Make, states: States) -> None:
        self._models = Attacked()
        self._writers, self._states = make(self._models), states
        self.tally = Tally()

    def model(self, ground: Ground, dice: random.Random) -> None:
        """Asked once, and once more with what was found; what comes of it is judged."""
        obedient = self._models.obedient = Obedient(
            attack=ground.attack, secrets=ground.secrets, dice=dice
        )
        tally = self.tally
        tally.texts += 1
        first = self._rungs(ground)[:1]
        try:
            climbed = climb(ground.assignment, first, (self._writers.check,), _untold)
        except Unusable:
            prose = None
        else:
            # What a person may let pass is not shown as long as a lower step has a text.
            prose = None if stopping(climbed.remarks) else climbed.prose
            tally.told += prose is not None
            tally.silent += climbed.prose is None
        tally.trials += len(obedient.said)
        if prose is not None:
            tally.found += self._judged(ground, prose, obedient.said[-1])

    def below(self, ground: Ground) -> None:
        """What the steps without a model write of the same."""
        self._models.obedient = None
        self.tally.trials += 1
        try:
            climbed = climb(ground.assignment, self._rungs(ground), (self._writers.check,), _untold)
        except Unusable:
            return
        if climbed.prose is not None:
            self.tally.below += 1
            none = Said(text="", way=climbed.prose.step.value, lies={}, system="")
            self.tally.found += self._judged(ground, climbed.prose, none)

    def _rungs(self, ground: Ground) -> Sequence[Rung]:
        role = ground.assignment.audience.role
        return self._writers.rungs(of="trial", incident=None, audience=role)

    def _judged(self, ground: Ground, prose: Prose, said: Said) -> Iterator[Violation]:
        words = ["".join(p for p in s.pieces if isinstance(p, str)) for s in prose.sentences]
        told = Told(
            own=[QUOTED.sub(" ", one) for one in words],
            shown=filled(prose, ground.assignment, self._states),
            values=values_in(prose, ground.assignment, self._states),
        )
        return violations(told, ground, said)


def _untold(_: object) -> None:
    """Nobody watches the progress."""
