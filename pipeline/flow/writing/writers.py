"""Who writes summaries and who judges them? Made when first needed, and anew when other texts are in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import TypedDict
from zoneinfo import ZoneInfo

from ...domain.directory import Person
from ...domain.facts import Fact
from ...domain.prose import Prose, Quoted, Step
from ...drafting.prose.assignment import Assignment
from ...drafting.prose.extraction import readable_outside
from ...drafting.prose.told import States
from ...drafting.redaction import Rules
from ...model_ports import Models
from .ladder import Rung
from .model_writer import Commission, ModelWriter
from .opinion import Asking, SecondOpinion, step_of
from .parts import Files, Parts, proven
from .passages import PairRung
from .remarks import Remark


class _Given(TypedDict):
    """What whoever asks a model about a text has to know."""

    rules: Rules
    commission: Commission
    known: Callable[[], Iterable[Person]]


class Writers:
    """The steps of the ladder, and the checks of their texts. `files` are the texts in force; the same
    object as long as they are the same."""

    def __init__(
        self,
        files: Callable[[], Files],
        models: Models | None,
        rules: Rules,
        known: Callable[[], Iterable[Person]] = tuple,
        asking: Asking = "off",
    ) -> None:
        """`known` are the people of the directory: a model sees none of them. `asking` says which model is asked
        what it thinks of a model's texts."""
        self._files, self._models, self._rules, self._known = files, models, rules, known
        self._asking = asking
        self._made: tuple[Files, Parts] | None = None
        self._lock = Lock()

    def rungs(self, *, of: str, incident: str | None, audience: str) -> Sequence[Rung]:
        """See `flow.writing.ladder.Rungs`: without a model, or where none may read this, extraction comes first."""
        parts = self._parts()
        commission = Commission(of=of, incident=incident, audience=audience)
        return (
            *(
                Rung(step=step, writer=writer, opinion=opinion)
                for step, writer, opinion in self._models_for(commission)
            ),
            Rung(step=Step.EXTRACTION, writer=parts.extraction),
            Rung(step=Step.TEMPLATE, writer=parts.template),
        )

    def pairs(self, commission: Commission) -> Sequence[PairRung]:
        """The models' steps alone, for a part of a message: its fixed words are there without anybody."""
        found = self._models_for(commission)
        return [PairRung(step=s, writer=writer, opinion=opinion) for s, writer, opinion in found]

    @property
    def states(self) -> States:
        """What each state is called."""
        return self._parts().states

    def _models_for(self, of: Commission) -> list[tuple[Step, ModelWriter, SecondOpinion | None]]:
        """Each that may read this, and who is asked about what it wrote."""
        models, parts = self._models, self._parts()
        if models is None:
            return []
        steps = models.steps(audience=of.audience, incident=of.incident)
        asked = step_of(self._asking, steps)
        given = _Given(rules=self._rules, commission=of, known=self._known)

        def opinion() -> SecondOpinion | None:
            if asked is None:
                return None
            return SecondOpinion(asked, models, parts.opinion, parts.states, **given)

        return [
            (step, ModelWriter(step, models, parts.contract, **given), opinion()) for step in steps
        ]

    def candidates(
        self, lines: Sequence[Quoted], *, facts: Sequence[Fact], now: datetime, zone: ZoneInfo
    ) -> Sequence[Fact]:
        """See `flow.writing.ladder.Candidates`."""
        return self._parts().candidates(lines, facts=facts, now=now, zone=zone)

    def check(self, assignment: Assignment, prose: Prose) -> Iterator[Remark]:
        """All that is to be said of a text, whoever wrote it."""
        for check in self._parts().checks:
            yield from check(assignment, prose)

    def readable(self, everything: Assignment) -> Mapping[str, str]:
        """See `flow.writing.ladder.Readable`."""
        return readable_outside(everything, self._parts().extraction.cues)

    def _parts(self) -> Parts:
        files = self._files()
        with self._lock:
            if self._made is None or self._made[0] is not files:
                self._made = files, proven(files)
            return self._made[1]
