"""Who writes when no model does? Extraction from the record and the conversation, and the fixed words below it."""

from __future__ import annotations

from collections.abc import Mapping

from ....domain.prose import Prose, Sentence, Step
from ..assignment import SECTIONS, TECHNICIAN, Assignment
from .cues import Cues
from .current import current, is_withdrawn
from .floor import is_enough
from .heard import heard
from .recorded import from_record
from .stakeholder import for_stakeholders
from .technician import for_technician
from .wording import Wording


class Extraction:
    """Facts in fixed sentences and decisive sentences of what was said, quoted. None below the floor. Of
    summaries alone: their kinds are those of `SECTIONS`."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """`files` are the texts of `prompts/`. Raises Misconfigured for one that is not as it must be."""
        self._cues = Cues.load(files)
        self._words = Wording.load(files)

    @property
    def cues(self) -> Cues:
        return self._cues

    def write(self, assignment: Assignment) -> Prose | None:
        assignment = current(assignment)
        all_ = heard(assignment, self._cues)
        if not is_enough(assignment, all_):
            return None
        write = for_technician if assignment.kind == TECHNICIAN else for_stakeholders
        sentences = write(assignment, all_, self._words)
        if not any(sentence.rests_on for sentence in sentences):
            return None
        return Prose(language=assignment.language, sentences=sentences, step=Step.EXTRACTION)


class Template:
    """The floor of the ladder: the record alone, and each question without an answer told as not recorded."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._words = Wording.load(files)

    def write(self, assignment: Assignment) -> Prose | None:
        """Never None: it passes with every optional fact absent."""
        assignment = current(assignment)
        kind = assignment.kind
        told: set[str] = set()
        sentences: list[Sentence] = []
        for section in SECTIONS[kind]:
            recorded = list(
                from_record(assignment, section, self._words.frames[kind][section], told)
            )
            if not recorded and not is_withdrawn(assignment.brief):
                unknown = self._words.unreported[kind][section].in_language(assignment.language)
                recorded = [Sentence(section=section, pieces=(unknown,))]
            sentences += recorded
        return Prose(language=assignment.language, sentences=tuple(sentences), step=Step.TEMPLATE)
