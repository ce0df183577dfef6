"""Where in the record does a word or a value stand? In which of its events, each of which is one bit of a number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from .atoms import Lasting, Quantity
from .named import spelled_out
from .polarity import is_denied_in
from .reading import Word
from .statements import Statement
from .tokens import HAN

_K = TypeVar("_K")
_HALF = 2
"""More than one of so many pairs of characters must be in an event that says a longer Chinese word."""


@dataclass(frozen=True)
class Said:
    """All that one event says, with the facts drawn from it; or what one fact says that has no event."""

    statements: list[Statement] = field(default_factory=list)

    @cached_property
    def answers(self) -> frozenset[tuple[str, int]]:
        return frozenset(
            (p.group, p.sign) for s in self.statements for p in s.polars if not p.loose
        )

    @cached_property
    def denies(self) -> bool:
        return any(sign < 0 for _, sign in self.answers) or any(
            is_denied_in(s.reading, clause) for s in self.statements for clause in s.reading.clauses
        )

    @cached_property
    def scopes(self) -> frozenset[str]:
        readings = [s.reading for s in self.statements]
        return frozenset(m.entry.key for r in readings for m in r.within(r.whole, "scope"))

    @cached_property
    def counts(self) -> bool:
        return any(s.reading.quantities for s in self.statements)

    @cached_property
    def looks_ahead(self) -> bool:
        return any(s.is_ahead for s in self.statements)

    @cached_property
    def deeds(self) -> frozenset[str]:
        told = (p for s in self.statements for p in s.polars)
        return frozenset(
            p.group[4:] for p in told if p.group[:4] == "act:" and not (p.denied or p.loose)
        )

    @cached_property
    def lower(self) -> str:
        return " ".join(s.reading.text.lower() for s in self.statements)


class Footing:
    """The events of a record. What each holds is looked up by key, as a number of one bit an event."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.said: list[Said] = []
        self._at: dict[str, int] = {}
        self._keys: dict[str, int] = {}
        self._pairs: dict[str, int] = {}
        self._identifiers: dict[str, int] = {}
        self._minutes: dict[int, int] = {}
        self._amounts: dict[float, int] = {}
        for statement in statements:
            self._take(statement)

    def _take(self, statement: Statement) -> None:
        of = statement.event or statement.id
        if of not in self._at:
            self._at[of] = len(self.said)
            self.said.append(Said())
        at = self._at[of]
        bit = 1 << at
        self.said[at].statements.append(statement)
        _note(self._keys, statement.keys, bit)
        reading = statement.reading
        _note(self._pairs, _pairs(reading.text), bit)
        for named in reading.identifiers:
            written = reading.text[named.start : named.end]
            _note(self._identifiers, (named.key, *spelled_out(written)), bit)
        _note(self._amounts, map(_amount, (*reading.quantities, *reading.lastings)), bit)
        minutes = [m.minute for m in reading.moments if m.minute is not None]
        if statement.type:
            minutes.append(statement.at.hour * 60 + statement.at.minute)
        _note(self._minutes, minutes, bit)

    @cached_property
    def whole(self) -> int:
        return (1 << len(self.said)) - 1

    @cached_property
    def answers(self) -> frozenset[tuple[str, int]]:
        return frozenset(a for said in self.said for a in said.answers)

    @cached_property
    def scopes(self) -> frozenset[str]:
        return frozenset(s for said in self.said for s in said.scopes)

    def of(self, statements: Collection[Statement]) -> int:
        """The events of these statements."""
        found = 0
        for statement in statements:
            found |= 1 << self._at[statement.event or statement.id]
        return found

    def where(self, holds: Iterable[bool]) -> int:
        """The events for which a list, one answer for each, says yes."""
        return sum(1 << at for at, yes in enumerate(holds) if yes)

    def word(self, word: Word) -> int:
        """By meaning, or by most of a Chinese word's characters in pairs."""
        found = 0
        for key in word.keys:
            found |= self._keys.get(key, 0)
        if word.han and len(word.text) > 1:
            text = word.text
            found |= _most([self._pairs.get(text[n : n + 2], 0) for n in range(len(text) - 1)])
        return found

    def identifier(self, key: str) -> int:
        return self._identifiers.get(key, 0)

    def minute(self, minute: int) -> int:
        return self._minutes.get(minute, 0)

    def amount(self, value: Quantity | Lasting) -> int:
        found = 0
        for amount, events in self._amounts.items():
            if value.low <= amount <= value.high:
                found |= events
        return found


def bits(events: int) -> Iterator[int]:
    """Each event by itself."""
    while events:
        bit = events & -events
        yield bit
        events ^= bit


def _note(held: dict[_K, int], keys: Iterable[_K], bit: int) -> None:
    for key in keys:
        held[key] = held.get(key, 0) | bit


def _pairs(text: str) -> Iterator[str]:
    for n in range(len(text) - 1):
        if HAN.match(text[n]) and HAN.match(text[n + 1]):
            yield text[n : n + 2]


def _amount(value: Quantity | Lasting) -> float:
    return value.value if isinstance(value, Quantity) else value.seconds


def _most(pairs: list[int]) -> int:
    """The events that hold more than half of the pairs."""
    if len(pairs) == 1:
        return pairs[0]
    if len(pairs) == _HALF:
        return pairs[0] & pairs[1]
    either = 0
    for pair in pairs:
        either |= pair
    return sum(bit for bit in bits(either) if sum(bool(p & bit) for p in pairs) * 2 > len(pairs))
