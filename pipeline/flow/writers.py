"""Who writes summaries and who judges them? Made when first needed, and anew when other texts are in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock

from knowledge.errors import Refused

from ..domain.errors import Misconfigured
from ..domain.prose import Prose, Step
from ..drafting.catalogue import load_states
from ..drafting.prose.assignment import Assignment
from ..drafting.prose.contract import Contract
from ..drafting.prose.extraction import Extraction, Template, readable_outside
from ..drafting.prose.told import States
from ..drafting.redaction import Rules
from ..guard import Phrases
from ..guard.claims import Lexicon, Reader
from ..guard.grounding import Approved
from ..model_ports import Models
from .ladder import Remark, Rung
from .model_writer import Commission, ModelWriter
from .passages import PairRung
from .prose_checks import ClaimCheck, WordCheck

Files = Mapping[str, str]


class Parts:
    """What is made of one set of texts: half a second of work."""

    def __init__(self, files: Files) -> None:
        """Raises Misconfigured or the library's Refused, naming the file; `proven` raises the first alone."""
        self.files = files
        self.states: States = load_states(files)
        self.contract = Contract(files)
        self.extraction, self.template = Extraction(files), Template(files)
        self.checks = (
            ClaimCheck(Reader(Lexicon.load(files)), Approved.load(files), self.states),
            WordCheck(Phrases.load(files), self.states),
        )


def proven(files: Files) -> Parts:
    """Whatever writes and judges summaries, made before these texts are in force: else a broken file would
    be met by the first summary, and every step would fall over it. Raises Misconfigured, naming the file."""
    try:
        return Parts(files)
    except Refused as refused:
        raise Misconfigured(str(refused)) from None


class Writers:
    """The steps of the ladder, and the checks of their texts. `files` are the texts in force; the same
    object as long as they are the same."""

    def __init__(self, files: Callable[[], Files], models: Models | None, rules: Rules) -> None:
        self._files, self._models, self._rules = files, models, rules
        self._made: Parts | None = None
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
            return ModelWriter(step, models, contract, rules=self._rules, commission=of)

        return [(step, writer(step)) for step in steps]

    def check(self, assignment: Assignment, prose: Prose) -> Iterator[Remark]:
        """All that is to be said of a text, whoever wrote it."""
        for check in self._parts().checks:
            yield from check(assignment, prose)

    def readable(self, everything: Assignment) -> frozenset[str]:
        """See `flow.ladder.Readable`."""
        return readable_outside(everything, self._parts().extraction.cues)

    def _parts(self) -> Parts:
        files = self._files()
        with self._lock:
            if self._made is None or self._made.files is not files:
                self._made = Parts(files)
            return self._made
