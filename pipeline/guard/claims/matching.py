"""Which events does a clause speak of? Found by what both share: rare words, values, names and moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from .atoms import Quantity
from .reading import Reading, Span
from .statements import Statement

_IDENTIFIER = 3.0
_NUMBER = 1.5
_MOMENT = 2.5
"""What sharing one of these is worth, in the weights of rare words (the natural logarithm of rarity)."""


@dataclass(frozen=True)
class Event:
    """What one event says, with the facts drawn from it, or what one sentence of it says."""

    id: str
    statement: Statement
    keys: frozenset[str]
    identifiers: frozenset[str]
    numbers: frozenset[float]
    minutes: frozenset[int]
    acts: frozenset[str]
    answers: frozenset[tuple[str, int]]
    text: str


def events_of(statements: Iterable[Statement]) -> list[Event]:
    """In their order."""
    own: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.event:
            own.setdefault(statement.event, []).append(statement)
    return [_event(said) for said in own.values() if any(s.type for s in said)]


def parts_of(statements: Iterable[Statement]) -> list[Event]:
    """Each sentence of an event by itself."""
    return [_event([s]) for s in statements if s.type]


def clauses_of(statements: Iterable[Statement]) -> list[Event]:
    """Each clause of an event by itself."""
    return [
        _clause(s, span)
        for s in statements
        if s.type
        for span in s.reading.clauses
        if span[0] < span[1]
    ]


def _clause(statement: Statement, span: Span) -> Event:
    reading = statement.reading
    own = [p for p in statement.polars if p.clause == span and not p.loose]
    minutes = {m.minute for m in reading.moments if m.minute is not None and _in(span, m.start)}
    return Event(
        id=statement.id,
        statement=statement,
        keys=reading.keys_in(span),
        identifiers=frozenset(n.key for n in reading.identifiers if _in(span, n.start)),
        numbers=frozenset(_numbers(reading, span)),
        minutes=frozenset(minutes | {statement.at.hour * 60 + statement.at.minute}),
        acts=frozenset(p.group for p in own if p.group[:4] == "act:"),
        answers=frozenset((p.group, p.sign) for p in own),
        text=reading.text[span[0] : span[1]].lower(),
    )


def _event(said: list[Statement]) -> Event:
    first = next(s for s in said if s.type)
    readings = [s.reading for s in said]
    minutes = {m.minute for r in readings for m in r.moments if m.minute is not None}
    return Event(
        id=first.id,
        statement=first,
        keys=frozenset(k for s in said for k in s.keys),
        identifiers=frozenset(n.key for r in readings for n in r.identifiers),
        numbers=frozenset(n for r in readings for n in _numbers(r, r.whole)),
        minutes=frozenset(minutes | {first.at.hour * 60 + first.at.minute}),
        acts=frozenset(p.group for s in said for p in s.polars if p.group[:4] == "act:"),
        answers=frozenset((p.group, p.sign) for s in said for p in s.polars if not p.loose),
        text=first.reading.text.lower(),
    )


def weights_of(events: list[Event]) -> dict[str, float]:
    """How much a word tells one event from the others."""
    counts = Counter(k for e in events for k in e.keys)
    return {k: log((1 + len(events)) / n) for k, n in counts.items()}


def aligned(
    reading: Reading,
    span: Span,
    events: list[Event],
    weights: dict[str, float],
    without: Span = (0, 0),
) -> list[tuple[float, Event]]:
    """The events that a part of a sentence may speak of, the likeliest first."""
    keys = frozenset(k for w in reading.words_in(span) if not _in(without, w.start) for k in w.keys)
    named = {n.key for n in reading.identifiers if _in(span, n.start) and not _in(without, n.start)}
    numbers = _numbers(reading, span)
    minutes = {
        m.minute
        for m in reading.moments
        if _in(span, m.start) and not _in(without, m.start) and m.until is None
    }
    found = []
    for event in events:
        score = sum(weights[k] for k in keys & event.keys)
        score += _IDENTIFIER * len(named & event.identifiers)
        score += _NUMBER * len(numbers & event.numbers)
        score += _MOMENT * len(minutes & event.minutes)
        if score > 0:
            found.append((score, event))
    return sorted(found, key=lambda f: -f[0])


def _numbers(reading: Reading, span: Span) -> set[float]:
    """Numbers that tell one event from another, lengths of time in seconds."""
    start, end = span
    counted = {q.value for q in reading.quantities if start <= q.start < end and _tells(q)}
    return counted | {q.seconds for q in reading.lastings if start <= q.start < end}


def _in(span: Span, at: int) -> bool:
    return span[0] <= at < span[1]


def _tells(quantity: Quantity) -> bool:
    return quantity.value >= 4 or quantity.value != int(quantity.value) or bool(quantity.unit)
