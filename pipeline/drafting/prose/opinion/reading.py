"""Which doubts count of what a model said? All of an answer that fits what it was asked, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.errors import UnfitAnswer
from knowledge.generation.reading import read

from .form import Doubt, Opinion

_LEFT_OUT = re.compile(r"\.{3,}|…+")
_NO_WORD = re.compile(r"[\W_]+")


def doubts_in(said: str, sentences: Sequence[str]) -> tuple[Doubt, ...]:
    """`sentences` are those that it was shown. Raises UnfitAnswer: for what is not the form, for a sentence that
    is not there, and for words that are not in it. Who quotes what does not stand there has read something else."""
    doubts = read(Opinion, said).form.doubts
    for doubt in doubts:
        if doubt.sentence > len(sentences):
            raise UnfitAnswer(f"there is no sentence {doubt.sentence}")
        if not _stand_in(doubt.words, sentences[doubt.sentence - 1]):
            raise UnfitAnswer(f"the words in doubt are not in sentence {doubt.sentence}")
    return tuple(dict.fromkeys(doubts))


def _stand_in(words: str, sentence: str) -> bool:
    """Apart from signs, spaces and case, in this order; between them something may be left out."""
    parts = [bare for part in _LEFT_OUT.split(words) if (bare := _bare(part))]
    place, whole = 0, _bare(sentence)
    for part in parts:
        found = whole.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return bool(parts)


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()
