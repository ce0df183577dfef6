"""What is made of a set of texts so that summaries can be written and judged? It is made before they are in force."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from knowledge.errors import Refused

from ...domain.errors import Misconfigured
from ...drafting.catalogue import load_states
from ...drafting.prose.candidates import Finder
from ...drafting.prose.contract import Contract
from ...drafting.prose.extraction import Extraction, Template
from ...drafting.prose.opinion import OpinionPrompt
from ...drafting.prose.told import States
from ...guard import Phrases
from ...guard.claims import Lexicon, Reader
from ...guard.grounding import Approved
from .checks import ClaimCheck, WordCheck

Files = Mapping[str, str]


class Parts:
    """What is made of one set of texts: half a second of work."""

    def __init__(self, files: Files) -> None:
        """Raises Misconfigured or the library's Refused, naming the file; `proven` raises the first alone."""
        self.states: States = load_states(files)
        self.contract, self.opinion = Contract(files), OpinionPrompt(files)
        self.candidates = Finder(files)
        self.extraction, self.template = Extraction(files), Template(files)
        self.checks = (
            ClaimCheck(Reader(Lexicon.load(files)), Approved.load(files), self.states),
            WordCheck(Phrases.load(files), self.states),
        )


def proven(files: Files) -> Parts:
    """Whatever writes and judges summaries, made before these texts are in force: else a broken file would
    be met by the first summary, and every step would fall over it. Raises Misconfigured, naming the file."""
    try:
        return _made(tuple(sorted(files.items())))
    except Refused as refused:
        raise Misconfigured(str(refused)) from None


@lru_cache(maxsize=2)
def _made(files: tuple[tuple[str, str], ...]) -> Parts:
    """The same for the same texts: those that were proven, and those that are in force."""
    return Parts(dict(files))
