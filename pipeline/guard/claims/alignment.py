"""Which events does a clause speak of? Found by what both share: rare words, values, names and moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from .atoms import Moment, Quantity
from .reading import Reading, Span
from .statements import Statement

_IDENTIFIER = 3.0
_NUMBER = 1.5
_MOMENT = 2.5
"""What sharing one of these is worth, in the weights of rare words (the natural logarithm of rarity)."""


@dataclass(frozen=True)
class Event:
    """All that one event says, with the facts drawn from it."""

    id: str
    statement: Statement
    keys: frozenset[str]
    identifiers: frozenset[str]
    numbers: frozenset[float]
    minutes: frozenset[int]


def events_of(statements: Iterable[Statement]) -> list[Event]:
    """In their order."""
    own: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.event:
            own.setdefault(statement.event, []).append(statement)
    found = []
    for id_, said in own.items():
        first = next((s for s in said if s.type), None)
        if first is None:
            continue
        readings = [s.reading for s in said]
        minutes = {m.minute for r in readings for m in r.moments if m.minute is not None}
        found.append(
            Event(
                id=id_,
                statement=first,
                keys=frozenset(k for s in said for k in s.keys),
                identifiers=frozenset(n.key for r in readings for n in r.identifiers),
                numbers=frozenset(n for r in readings for n in _numbers(r, r.whole)),
                minutes=frozenset(minutes | {first.at.hour * 60 + first.at.minute}),
            )
        )
    return found


def weights_of(events: list[Event]) -> dict[str, float]:
    """How much a word tells one event from the others."""
    counts = Counter(k for e in events for k in e.keys)
    return {k: log((1 + len(events)) / n) for k, n in counts.items()}


def aligned(
    reading: Reading,
    span: Span,
    events: list[Event],
    weights: dict[str, float],
    without: Moment | None = None,
) -> list[tuple[float, Event]]:
    """The events that a part of a sentence may speak of, the likeliest first."""
    start, end = span
    keys = reading.keys_in(span)
    named = {n.key for n in reading.identifiers if start <= n.start < end}
    numbers = _numbers(reading, span)
    minutes = {
        m.minute
        for m in reading.moments
        if start <= m.start < end and m.until is None and m is not without
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


def _tells(quantity: Quantity) -> bool:
    return quantity.value >= 4 or quantity.value != int(quantity.value) or bool(quantity.unit)
