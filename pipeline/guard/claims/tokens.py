"""Of which words is a sentence made, and where do they stand? English by stems, Chinese as a dictionary cuts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rjieba import Jieba
    from Stemmer import Stemmer

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[A-Za-zÀ-ɏ]+(?:[’'][A-Za-zÀ-ɏ]+)*")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where it stands, as it is written, and its stem (Chinese words are their own)."""

    start: int
    end: int
    text: str
    stem: str
    han: bool


def tokens(text: str) -> list[Token]:
    """The words in their order; digits and marks are none."""
    return [token for run in _RUN.finditer(text) for token in _of(run.start(), run[0])]


def _of(start: int, run: str) -> Iterator[Token]:
    if not HAN.match(run):
        yield Token(start, start + len(run), run, stem(run), False)
        return
    for word in _cut(run):
        yield Token(start, start + len(word), word, word, True)
        start += len(word)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Of an English word, without case and without the possessive."""
    bare = word.lower().replace("’", "'")
    bare = bare[:-2] if bare.endswith("'s") else bare
    return str(_stemmer().stemWord(bare))


@lru_cache(maxsize=5_000)
def _cut(run: str) -> tuple[str, ...]:
    with _LOCK:
        return tuple(_jieba().cut(run))


@cache
def _jieba() -> Jieba:
    from rjieba import Jieba

    return Jieba()


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english")
