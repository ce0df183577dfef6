"""Is it told as so, where the line says only that somebody would, should, nearly did, or did not?

A verb that stands in a line is no ground for its deed by itself: `please restart it` and `I almost
restarted it` hold the same word as `I restarted it`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..domain.prose import Standing
from .claims import Index
from .claims.claim import Claim, because
from .claims.lexicon import Mark
from .claims.reading import Reading
from .claims.statements import Statement

KIND = "mood"
_TOLD = ("acts", "causes")
"""Categories of the lexicon by which a sentence says that something was done, or came of something."""
_MOODS = ("undone", "future", "denying")
_ASKED = re.compile(r"[^.!。！；;\n]*[?？]")


def undone(text: str, named: Collection[Statement], index: Index) -> Iterator[Claim]:
    """Deeds and causes that `text` tells as so, and every one of its sources in another mood."""
    own = index.reader.read(text)
    for mark in own.marks:
        if mark.entry.category not in _TOLD or _before(own, mark):
            continue
        told = [
            (s.reading, other)
            for s in named
            for other in s.reading.marks
            if (other.entry.category, other.entry.group) == (mark.entry.category, mark.entry.group)
        ]
        if told and all(_before(reading, other) for reading, other in told):
            yield _claim(text[mark.start : mark.end])


def _before(reading: Reading, mark: Mark) -> bool:
    """Wanted, asked, feared, denied, or to come."""
    clause = reading.clause(mark.start)
    return bool(reading.within((clause[0], mark.start), *_MOODS)) or _is_asked(reading, mark.end)


def _is_asked(reading: Reading, at: int) -> bool:
    return _ASKED.match(reading.text, at) is not None


def _claim(words: str) -> Claim:
    reason = because("claim_another_mood")
    return Claim(kind=KIND, words=words, standing=Standing.UNSUPPORTED, reason=reason)
