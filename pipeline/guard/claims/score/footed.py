"""How does a sentence stand on the record as a whole? Its words and values, each with the events that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..alignment import counts
from ..claim import Told
from ..footing import Footing, Said, bits
from ..reading import Reading, Span, Word

Signs = dict[str, float]
_IDENTIFIER, _MOMENT, _NUMBER = 2.0, 2.0, 1.0
_NAME, _WORD, _EFFECT = 1.5, 1.0, 0.5
_SMALL = 4
"""Numbers below this stand in so many events that they tell none from another."""
_NEAR, _MOST_NEAR = 0.6, 3
"""Events that hold so much of what the best one holds are meant as well, and how many of them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One word or value, the events that hold it, and whether the record could hold it at all: most words
    of another language than the record's cannot be looked for."""

    start: int
    text: str
    weight: float
    events: int
    is_word: bool
    could_be_held: bool


@dataclass(frozen=True)
class Footed:
    """A sentence on its record."""

    told: Told

    @property
    def footing(self) -> Footing:
        return self.told.index.footing

    @cached_property
    def items(self) -> list[Item]:
        reading = self.told.reading
        found = [*self._words(reading), *self._values(reading)]
        return sorted(found, key=lambda item: item.start)

    def _words(self, reading: Reading) -> Iterator[Item]:
        for word in reading.words:
            alone = word.han and len(word.text) == 1 and len(word.keys) == 1
            if not alone and not counts(word):
                could = self.told.index.can_be_judged(word)
                events = self.footing.word(word)
                yield Item(word.start, word.text, _weight(word), events, True, could)

    def _values(self, reading: Reading) -> Iterator[Item]:
        for named in reading.identifiers:
            events = self.footing.identifier(named.key)
            yield Item(named.start, named.key, _IDENTIFIER, events, False, True)
        large = (q for q in reading.quantities if q.value >= _SMALL)
        for value in (*large, *reading.lastings):
            yield Item(value.start, "", _NUMBER, self.footing.amount(value), False, True)
        for moment in reading.moments:
            if moment.minute is not None and moment.until is None:
                events = self.footing.minute(moment.minute)
                yield Item(moment.start, "", _MOMENT, events, False, bool(events))

    @cached_property
    def new(self) -> list[Item]:
        """Words that the record could hold and does not."""
        return [i for i in self.items if i.is_word and i.could_be_held and not i.events]

    @cached_property
    def weight(self) -> float:
        """Of all that the record could hold; never 0."""
        return weight_of([i for i in self.items if i.could_be_held or i.events]) or 1.0

    @cached_property
    def ranked(self) -> list[tuple[float, int]]:
        return ranked(self.items, self.footing.whole)

    @property
    def share(self) -> float:
        """Of its weight, what the best event holds."""
        return self.ranked[0][0] / self.weight if self.ranked else 0.0

    @cached_property
    def doubtful(self) -> int:
        """The events that tell what is only suspected."""
        return self.footing.of(self.told.index.doubtful)

    @cached_property
    def near(self) -> list[Said]:
        """What the sentence most likely speaks of."""
        best = self.ranked[0][0] if self.ranked else 0.0
        said = self.footing.said
        return [
            said[bit.bit_length() - 1]
            for score, bit in self.ranked[:_MOST_NEAR]
            if score >= _NEAR * best
        ]

    @cached_property
    def clauses(self) -> list[tuple[Span, list[Item]]]:
        return [(clause, self.within(clause)) for clause in self.told.reading.clauses]

    def within(self, span: Span, without: Span = (0, 0)) -> list[Item]:
        return [
            i
            for i in self.items
            if span[0] <= i.start < span[1] and not without[0] <= i.start < without[1]
        ]

    def far(self, items: list[Item], events: int) -> float:
        """How much less of the items' weight these events hold than the best of all: 0 to 1."""
        whole = weight_of(items)
        if not whole:
            return 0.0
        return (held(items, self.footing.whole) - held(items, events)) / whole


def weight_of(items: list[Item]) -> float:
    return sum(item.weight for item in items)


def ranked(items: list[Item], events: int) -> list[tuple[float, int]]:
    """Each of the events with the weight of what it holds, the best first."""
    scores: dict[int, float] = {}
    for item in items:
        for bit in bits(item.events & events):
            scores[bit] = scores.get(bit, 0.0) + item.weight
    return sorted(((score, bit) for bit, score in scores.items()), key=lambda s: -s[0])


def held(items: list[Item], events: int) -> float:
    """The weight of what the best one of these events holds."""
    return max((score for score, _ in ranked(items, events)), default=0.0)


def _weight(word: Word) -> float:
    if any(k.startswith("effects:") for k in word.keys):
        return _EFFECT
    return _NAME if not word.han and word.text[0].isupper() and word.start else _WORD


def parted(footed: Footed, name: str, value: float) -> Signs:
    """The sign by another name for sentences in another language than the record's."""
    return {f"{name}_across" if footed.told.is_across else name: value}
