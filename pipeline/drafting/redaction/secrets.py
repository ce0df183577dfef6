"""Which secrets do the texts of one assignment hold, and how is a text read without them?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from ...domain.credentials import credentials_in
from ...domain.directory import Bilingual, Language
from ...domain.facts import Fact, ValueKind
from ...domain.prose import Quoted
from .hits import Hit, apart
from .kinds import Kind
from .readable import likeness, readable
from .secret_lines import secret_lines
from .words import removed

NO_WORD = re.compile(r"(?=.*\d)(?=.*[^\W\d])\S{6,}")
"""What stood after `password:` may be a word; one with letters and digits is known wherever it stands."""
_WRITTEN = frozenset({ValueKind.TEXT, ValueKind.QUOTE})
"""Kinds of values that somebody wrote freely."""


class Secrets:
    """Those that credentials are known by, that follow from the line before, and that stand again elsewhere."""

    def __init__(self, facts: Iterable[Fact], lines: Sequence[Quoted]) -> None:
        alone = secret_lines([line.text for line in lines])
        self._lines = frozenset(lines[n].id for n in alone)
        texts = map(readable, chain(_texts(facts), (line.text for line in lines)))
        known = {text[hit.start : hit.end] for text in texts for hit in _hits(text)}
        known |= {word for n in alone for word in readable(lines[n].text).split()}
        again = sorted(filter(NO_WORD.fullmatch, known), key=len, reverse=True)
        self._again = re.compile("|".join(map(re.escape, again))) if again else None

    def stand_in(self, piece: str, whole: str, line: str = "") -> bool:
        """Whether a piece of a text, of the line with this id where it is one's, holds any: what makes a word
        a secret may stand in another piece, and a key has rows."""
        if line in self._lines:
            return True
        piece, whole = readable(piece), readable(whole)
        if any(_hits(piece)) or (self._again is not None and self._again.search(piece)):
            return True
        found = (whole[hit.start : hit.end] for hit in _hits(whole))
        return any(one in piece or piece in one for one in found)

    def removed(self, text: str, language: Language, line: str = "") -> str:
        """The text with our words where each stood."""
        if line in self._lines:
            return removed(language)
        text = readable(text)
        found = [*_hits(text)]
        if self._again is not None:
            found += [_hit(*again.span()) for again in self._again.finditer(text)]
        parts, place = [], 0
        for hit in apart(found):
            parts += [text[place : hit.start], removed(language)]
            place = hit.end
        return "".join((*parts, text[place:]))

    def line_without(self, line: Quoted, language: Language) -> Quoted:
        """As it may be kept: like the one that a model reads, its people aside."""
        return line.model_copy(update={"text": self.removed(line.text, language, line.id)})

    def fact_without(self, fact: Fact, language: Language) -> Fact:
        """The same of a value that somebody wrote freely; any other stays."""
        if fact.kind not in _WRITTEN:
            return fact
        value = fact.value
        if isinstance(value, Bilingual):
            both = {of: self.removed(text, language) for of, text in value.model_dump().items()}
            return fact.model_copy(update={"value": value.model_copy(update=both)})
        return fact.model_copy(update={"value": self.removed(str(value), language)})


def _hits(text: str) -> Iterable[Hit]:
    return (_hit(found.start, found.end) for found in credentials_in(likeness(text)))


def _hit(start: int, end: int) -> Hit:
    return Hit(Kind.SECRET, start, end, "")


def _texts(facts: Iterable[Fact]) -> Iterable[str]:
    for fact in facts:
        if fact.kind in _WRITTEN:
            both = fact.value
            yield from (both.zh, both.en) if isinstance(both, Bilingual) else (str(both),)
