"""Which typed values does a conversation hold? Those that stand in its lines, reported and never confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ....domain.credentials import credentials_in
from ....domain.directory import Bilingual
from ....domain.facts import Fact, Status
from ....domain.prose import Quoted
from ...slot_names import OF_PEOPLE
from .measures import SERVICE, codes_in, measures_in, names_in
from .span import Span, apart
from .times import UNCLEAR, times_in
from .vocabulary import Vocabulary

MOST_OF_A_LINE = 20
MOST = 2_000
"""Values of one conversation; the newest lines give theirs first."""


class Finder:
    """Finds by the words of the texts in force, a house's own among them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """`files` are the texts of `prompts/`. Raises Misconfigured for one that is not as it must be."""
        self._words = Vocabulary.load(files)

    def __call__(
        self, lines: Sequence[Quoted], *, facts: Sequence[Fact] = (), now: datetime, zone: ZoneInfo
    ) -> tuple[Fact, ...]:
        """The values in the order of their lines, at the line's level and in its circle; `c.<n>.<k>` is the
        k-th of the n-th line. `facts` name the people and services that are looked for; a line of no known time
        counts as of `now`, and nothing in it is resolved against that."""
        names = _names(lines, facts)
        made: list[tuple[Fact, ...]] = []
        left = MOST
        for line in reversed(lines):
            spans = self._spans_of(line, zone, *names)[: min(MOST_OF_A_LINE, left)]
            left -= len(spans)
            made.append(tuple(_fact(line, k, span, facts, now) for k, span in enumerate(spans, 1)))
            if left <= 0:
                break
        return tuple(fact for of_line in reversed(made) for fact in of_line)

    def _spans_of(
        self, line: Quoted, zone: ZoneInfo, people: Sequence[str], services: Sequence[str]
    ) -> list[Span]:
        """What stands in one line, in its order, no two overlapping; nothing out of a password or key."""
        text = line.text
        found = apart(
            [
                *times_in(text, line.at, zone, self._words),
                *measures_in(text, self._words),
                *names_in(text, people, services),
                *codes_in(text),
            ]
        )
        secrets = [range(one.start, one.end) for one in credentials_in(text)]
        return [
            span
            for span in found
            if span.attribute != UNCLEAR
            and not any(span.start < s.stop and s.start < span.end for s in secrets)
        ]


def _fact(line: Quoted, k: int, span: Span, facts: Sequence[Fact], now: datetime) -> Fact:
    return Fact(
        id=f"c.{line.n}.{k}",
        what=facts[0].what if facts else line.id,
        attribute=span.attribute,
        kind=span.kind,
        value=span.value,
        status=Status.REPORTED,
        level=line.level,
        scope=line.scope,
        at=line.at or now,
        event=line.id,
    )


def _names(lines: Sequence[Quoted], facts: Sequence[Fact]) -> tuple[list[str], list[str]]:
    """Longer names first, so that none hides in another."""
    people = {line.speaker for line in lines if len(line.speaker) >= 2}
    people.update(n for fact in facts if fact.attribute in OF_PEOPLE for n in _written(fact))
    services = {n for fact in facts if fact.attribute == SERVICE for n in _written(fact)}
    return _longest_first(people), _longest_first(services - people)


def _written(fact: Fact) -> Iterator[str]:
    if isinstance(fact.value, Bilingual):
        yield from (fact.value.zh, fact.value.en)
    elif isinstance(fact.value, str):
        yield fact.value


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))
