"""Who writes summaries and who judges them? Made when first needed, and anew when other texts are in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from ...domain.directory import Person
from ...domain.facts import Fact
from ...domain.prose import Prose, Quoted, Step
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.extraction import readable_outside
from ...drafting.prose.told import States
from ...drafting.redaction import Rules
from ...model_ports import Models
from .ladder import Remark, Rung
from .model_writer import Commission, ModelWriter
from .parts import Files, Parts, proven
from .passages import PairRung


class Writers:
    """The steps of the ladder, and the checks of their texts. `files` are the texts in force; the same
    object as long as they are the same."""

    def __init__(
        self,
        files: Callable[[], Files],
        models: Models | None,
        rules: Rules,
        known: Callable[[], Iterable[Person]] = tuple,
    ) -> None:
        """`known` are the people of the directory: a model sees none of them."""
        self._files, self._models, self._rules, self._known = files, models, rules, known
        self._made: tuple[Files, Parts] | None = None
        self._lock = Lock()

    def rungs(self, *, of: str, incident: str | None, audience: str) -> Sequence[Rung]:
        """See `flow.ladder.Rungs`: without a model, or where none may read this, extraction comes first."""
        parts = self._parts()
        commission = Commission(of=of, incident=incident, audience=audience)
        return (
            *(Rung(step=step, writer=writer) for step, writer in self._models_for(commission)),
            Rung(step=Step.EXTRACTION, writer=parts.extraction),
            Rung(step=Step.TEMPLATE, writer=parts.template),
        )

    def pairs(self, commission: Commission) -> Sequence[PairRung]:
        """The models' steps alone, for a part of a message: its fixed words are there without anybody."""
        found = self._models_for(commission)
        return [PairRung(step=step, writer=writer) for step, writer in found]

    @property
    def states(self) -> States:
        """What each state is called."""
        return self._parts().states

    def _models_for(self, of: Commission) -> list[tuple[Step, ModelWriter]]:
        models, contract = self._models, self._parts().contract
        if models is None:
            return []
        steps = models.steps(audience=of.audience, incident=of.incident)

        def writer(step: Step) -> ModelWriter:
            return ModelWriter(
                *(step, models, contract), rules=self._rules, commission=of, known=self._known
            )

        return [(step, writer(step)) for step in steps]

    def candidates(
        self, lines: Sequence[Quoted], *, facts: Sequence[Fact], now: datetime, zone: ZoneInfo
    ) -> Sequence[Fact]:
        """See `flow.ladder.Candidates`."""
        return self._parts().candidates(lines, facts=facts, now=now, zone=zone)

    def check(self, assignment: Assignment, prose: Prose) -> Iterator[Remark]:
        """All that is to be said of a text, whoever wrote it."""
        for check in self._parts().checks:
            yield from check(assignment, prose)

    def readable(self, everything: Assignment) -> Mapping[str, str]:
        """See `flow.ladder.Readable`."""
        return readable_outside(everything, self._parts().extraction.cues)

    def _parts(self) -> Parts:
        files = self._files()
        with self._lock:
            if self._made is None or self._made[0] is not files:
                self._made = files, proven(files)
            return self._made[1]
