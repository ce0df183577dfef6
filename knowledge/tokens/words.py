"""Which words does a text say? English ones by their stems, Chinese ones as a dictionary cuts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rjieba import Jieba
    from Stemmer import Stemmer

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9_]+(?:[-.'][a-z0-9_]+)*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_PARTS = re.compile(r"[-.']")
# Words that every English sentence has. Chinese needs none: what is common weighs little by itself.
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "if",
        "in",
        "into",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "will",
        "with",
        "i",
        "my",
        "we",
        "you",
        "your",
        "can",
        "do",
        "does",
        "how",
        "what",
        "when",
        "why",
        "which",
        "from",
        "has",
        "have",
        "had",
        "am",
        "so",
        "me",
    ]
)
_LONGEST = 64
"""Letters of a word; what is longer is a dump, and is cut into no words at all."""
_KEPT = 50_000
"""Runs of Latin letters whose words are known by heart, some 10 MB: a text says few that are new."""
_LAST_LATIN = "z"
_REACH = 3
# Before a language model of words says otherwise: how often a site's own word is thought to occur.
_OFTEN = 20_000


class Cutter:
    """Cuts running text into words. Knows the site's own words, and may be used by many threads."""

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        self._lock = Lock()
        self._jieba: Jieba | None = None
        self._own = sorted({word for word in own_words if _is_a_word(word)})

    @property
    def digest(self) -> str:
        """The same for the same own words; 16 hex digits."""
        return sha256("\n".join(self._own).encode()).hexdigest()[:16]

    def words(self, normal_text: str) -> list[str]:
        """Stems and Chinese words in their order; a compound gives its parts."""
        found: list[str] = []
        for run in _RUN.findall(normal_text):
            if run[0] > _LAST_LATIN:
                found += self._cut(run)
            else:
                found += _english(run) if len(run) <= _LONGEST else _stems(run)
        return found

    def _cut(self, run: str) -> list[str]:
        if self._jieba is None:
            with self._lock:
                self._jieba = self._jieba or _dictionary(self._own)
        return self._jieba.cut_for_search(run)


def bigrams(normal_text: str) -> Iterator[str]:
    """Each two neighbouring Chinese characters: they find what a dictionary cuts otherwise."""
    for run in _RUN.finditer(normal_text):
        if _HAN.match(run[0]):
            for at in range(len(run[0]) - 1):
                yield run[0][at : at + 2]


def neighbours(words: Sequence[str]) -> Iterator[str]:
    """Words that stand together, which a bag of words forgets.

    Latin ones in their order, side by side. Where one is Chinese, any two of four words in a row: the
    order is freer there, and small words stand in between.
    """
    for at, first in enumerate(words):
        for apart, second in enumerate(words[at + 1 : at + 1 + _REACH]):
            if not (first.isascii() and second.isascii()):
                yield f"{min(first, second)} {max(first, second)}"
            elif not apart:
                yield f"{first} {second}"


def _stems(run: str) -> tuple[str, ...]:
    return tuple(
        _stemmer().stemWord(part)
        for part in _PARTS.split(run)
        if part and part not in _COMMON and len(part) <= _LONGEST
    )


_english = lru_cache(_KEPT)(_stems)


def _is_a_word(word: str) -> bool:
    return 2 <= len(word) <= 12 and _HAN.fullmatch(word) is not None


def _dictionary(own: list[str]) -> Jieba:
    from rjieba import Jieba

    jieba = Jieba()
    for word in own:
        jieba.add_word(word, _OFTEN, None)
    return jieba


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english")
