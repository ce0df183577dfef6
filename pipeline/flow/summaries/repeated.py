"""Does a text repeat what somebody said? It does with four words in a row, or with eight Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.tokens.normal import HAN

ENOUGH = 8
"""A word counts two, a Chinese character one: fewer in a row are anybody's."""
_HAN = r"\u3400-\u9fff"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")

Runs = frozenset[tuple[str, ...]]
"""The shortest pieces that are enough, from each word on."""


def runs_of(texts: Iterable[str]) -> Runs:
    """Whatever stands between the words, and however they are written."""
    return frozenset(run for text in texts for run in _runs(_WORD.findall(text.casefold())))


def repeats(text: str, runs: Runs) -> bool:
    return bool(runs) and not runs.isdisjoint(runs_of([text]))


def _runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    for start in range(len(words)):
        weight = 0
        for end in range(start, min(start + ENOUGH, len(words))):
            weight += 1 if HAN.match(words[end]) else 2
            if weight >= ENOUGH:
                yield tuple(words[start : end + 1])
                break
