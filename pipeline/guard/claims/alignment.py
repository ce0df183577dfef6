"""Which statements of the record does a part of a sentence paraphrase? Those that share most of what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .atoms import Lasting, Quantity
from .index import Index
from .reading import Reading, Span, Word
from .statements import Statement

_NAME, _VALUE, _WORD, _EFFECT = 1.5, 1.5, 1.0, 0.5
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿半多几余来")
_PAIRS = 0.5
"""Of a Chinese word's pairs of characters that must stand in a statement, where it was cut otherwise."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A statement, and the share of the part's weight that it, or all that its event says, holds."""

    statement: Statement
    share: float
    weight: float


@dataclass(frozen=True, slots=True)
class Content:
    """What a part of a sentence says: words that can be looked for, and its typed values."""

    words: tuple[Word, ...]
    identifiers: frozenset[str]
    numbers: frozenset[tuple[float, float]]
    """From the least to the greatest that each may mean."""
    minutes: frozenset[int]

    @property
    def weight(self) -> float:
        values = len(self.identifiers) + len(self.numbers) + len(self.minutes)
        return sum(map(weight_of, self.words)) + _VALUE * values


def content_of(
    reading: Reading, span: Span, index: Index, says: Callable[[Word], bool] = lambda word: True
) -> Content:
    """Of the words only those that the record could hold, and that `says` lets count."""
    words = tuple(
        w for w in reading.words_in(span) if index.can_be_judged(w) and not counts(w) and says(w)
    )
    inside = range(*span)
    return Content(
        words=words,
        identifiers=frozenset(n.key for n in reading.identifiers if n.start in inside),
        numbers=frozenset(
            (value.low, value.high) for value in _amounts(reading) if value.start in inside
        ),
        minutes=frozenset(
            m.minute
            for m in reading.moments
            if m.start in inside and m.minute is not None and m.until is None
        ),
    )


def _amounts(reading: Reading) -> list[Quantity | Lasting]:
    """Numbers, and lengths of time in seconds."""
    return [*reading.quantities, *reading.lastings]


def _amount(value: Quantity | Lasting) -> float:
    return value.value if isinstance(value, Quantity) else value.seconds


def counts(word: Word) -> bool:
    """两千, 三百多: a number, which is compared by its value."""
    return word.han and set(word.text) <= _NUMERALS


def aligned(
    content: Content, index: Index, among: Iterable[Statement], *, around: bool = True
) -> list[Aligned]:
    """Every statement that shares anything, the nearest first; `around` counts all that its event says."""
    whole = content.weight
    if not whole:
        return []
    found = []
    for statement in among:
        held = _held(content, statement, _readings(statement, index, around))
        if held:
            found.append(Aligned(statement, held / whole, held))
    return sorted(found, key=lambda one: -one.share)


def weight_of(word: Word) -> float:
    """Names and what a lexicon of things knows tell more than what every report has."""
    if any(k.startswith("effects:") for k in word.keys):
        return _EFFECT
    return _NAME if word.text[0].isupper() else _WORD


def _readings(statement: Statement, index: Index, around: bool) -> list[Reading]:
    own = index.of_event(statement.event or "") if around else []
    return [statement.reading, *(s.reading for s in own if s is not statement)]


def _held(content: Content, statement: Statement, readings: list[Reading]) -> float:
    keys = statement.keys.union(*(r.keys for r in readings[1:]))
    held = sum(weight_of(w) for w in content.words if shares(w, keys, readings))
    if content.identifiers:
        named = {n.key for r in readings for n in r.identifiers}
        held += _VALUE * len(content.identifiers & named)
    if content.numbers:
        values = {_amount(value) for r in readings for value in _amounts(r)}
        near = sum(any(low <= v <= high for v in values) for low, high in content.numbers)
        held += _VALUE * near
    if content.minutes:
        minutes = {m.minute for r in readings for m in r.moments}
        minutes.add(statement.at.hour * 60 + statement.at.minute)
        held += _VALUE * len(content.minutes & minutes)
    return held


def shares(word: Word, keys: frozenset[str], readings: list[Reading]) -> bool:
    """By meaning, by its letters, or by most of its characters in pairs."""
    if word.keys & keys:
        return True
    if not word.han or len(word.text) < 2:
        return False
    pairs = [word.text[n : n + 2] for n in range(len(word.text) - 1)]
    return any(
        word.text in r.text or sum(p in r.text for p in pairs) > _PAIRS * len(pairs)
        for r in readings
    )
