"""Which typed values does a conversation hold? Those that stand in its lines, reported and never confirmed.

A value that somebody proposes counts only where these readers find it in the text as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ....domain.credentials import credentials_in
from ....domain.directory import Bilingual
from ....domain.facts import Fact, Status, ValueKind
from ....domain.prose import Quoted
from ...slot_names import OF_PEOPLE
from .measures import SERVICE, codes_in, measures_in, names_in
from .span import Span, apart
from .times import UNCLEAR, times_in

MOST_OF_A_LINE = 20
MOST = 2_000
"""Values of one conversation; the newest lines give theirs first."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an extraction model says that a line tells: `words` are the line's own."""

    line: str
    attribute: str
    words: str


def candidates(
    lines: Sequence[Quoted], *, facts: Sequence[Fact] = (), now: datetime, zone: ZoneInfo
) -> tuple[Fact, ...]:
    """The values in the order of their lines, at the line's level and in its circle; `c.<n>.<k>` is the
    k-th of the n-th line. `facts` name the people and services that are looked for; a line of no known time
    counts as of `now`, and nothing in it is resolved against that."""
    names = _names(lines, facts)
    made: list[tuple[Fact, ...]] = []
    left = MOST
    for line in reversed(lines):
        spans = spans_of(line, zone, *names)[: min(MOST_OF_A_LINE, left)]
        left -= len(spans)
        made.append(tuple(_fact(line, k, span, facts, now) for k, span in enumerate(spans, 1)))
        if left <= 0:
            break
    return tuple(fact for of_line in reversed(made) for fact in of_line)


def confirmed_from(
    proposals: Iterable[Proposal],
    lines: Sequence[Quoted],
    *,
    facts: Sequence[Fact] = (),
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Fact, ...]:
    """Those proposals whose words stand in the line that they name and tell a value of that kind there. They
    are still REPORTED: that somebody said it is all that is sure."""
    by_id = {line.id: line for line in lines}
    names = _names(lines, facts)
    found: dict[tuple[str, str, str], Fact] = {}
    for one in proposals:
        line = by_id.get(one.line)
        span = None if line is None else _stands(one, line, zone, names)
        if line is not None and span is not None:
            key = (one.line, one.attribute, one.words)
            found.setdefault(key, _fact(line, _free(found, line), span, facts, now))
    return tuple(found.values())


def spans_of(
    line: Quoted, zone: ZoneInfo, people: Sequence[str] = (), services: Sequence[str] = ()
) -> list[Span]:
    """What stands in one line, in its order, no two overlapping; nothing out of a password or key."""
    text = line.text
    found = apart(
        [
            *times_in(text, line.at, zone),
            *measures_in(text),
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


def _stands(
    one: Proposal, line: Quoted, zone: ZoneInfo, names: tuple[list[str], list[str]]
) -> Span | None:
    start = line.text.find(one.words) if one.words.strip() else -1
    if start < 0:
        return None
    whole = Span(start, start + len(one.words), one.attribute, ValueKind.QUOTE, one.words)
    for span in spans_of(line, zone, *names):
        if span.overlaps(whole) and span.attribute == one.attribute:
            return span if line.text[span.start : span.end] in one.words else None
    return None


def _free(found: dict[tuple[str, str, str], Fact], line: Quoted) -> int:
    return 1 + sum(1 for key in found if key[0] == line.id)


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


__all__ = ["SERVICE", "Proposal", "candidates", "confirmed_from", "spans_of"]
