"""Does the rest of the words stand on the record? A sentence of which most words are new states something new.

Judged last, and only where the record is written in the sentence's own language: a word that no lexicon
knows cannot be looked for in another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..claim import Claim, Told
from ..reading import Word

KIND = "cover"
LEAST_WORDS = 3
GREATEST_SHARE = 0.6
"""Of a sentence's words that the record does not hold; measured on our own texts."""


def cover(told: Told) -> Iterator[Claim]:
    words = [w for w in told.reading.words if _says_something(w)]
    judged = [w for w in words if _can_be_judged(told, w)]
    if told.is_all_advice or len(judged) < LEAST_WORDS:
        return
    new = [w for w in judged if not told.index.covers(w)]
    if len(new) >= LEAST_WORDS and len(new) / len(judged) >= GREATEST_SHARE:
        start, end = new[0].start, new[-1].end
        yield told.unsupported(KIND, start, end, "nothing in the record says this")


def _says_something(word: Word) -> bool:
    return len(word.text) >= 2


def _can_be_judged(told: Told, word: Word) -> bool:
    return told.index.can_be_judged(word) and not any(":" in key for key in word.keys)
