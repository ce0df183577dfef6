"""Does the rest of the words stand on the record? A sentence of which all words are new states something new.

Judged last, and only where the record is written in the sentence's own language: a word that no lexicon
knows cannot be looked for in another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..alignment import aligned, content_of, counts
from ..claim import Claim, Told, because
from ..reading import Word

KIND = "cover"
LEAST_WORDS, LEAST_HAN = 5, 8
"""New words from which on a sentence is judged; in Chinese a word is cut in ways of which the record knows another."""
_NEAR = 0.34
"""Of a sentence's weight, values included, that one statement holds when it is what the sentence tells."""


def cover(told: Told) -> Iterator[Claim]:
    words = [w for w in told.reading.words if _says_something(w)]
    judged = [w for w in words if _can_be_judged(told, w)]
    if told.is_all_advice or len(judged) < (LEAST_HAN if told.is_chinese else LEAST_WORDS):
        return
    if any(told.index.covers(w) for w in judged):
        return
    content = content_of(told.reading, told.reading.whole, told.index)
    near = aligned(content, told.index, told.index.statements)
    if not near or near[0].share < _NEAR:
        start, end = judged[0].start, judged[-1].end
        yield told.unsupported(KIND, start, end, because("claim_not_covered"))


def _says_something(word: Word) -> bool:
    return len(word.text) >= 2 and not counts(word)


def _can_be_judged(told: Told, word: Word) -> bool:
    return told.index.can_be_judged(word) and not any(":" in key for key in word.keys)
