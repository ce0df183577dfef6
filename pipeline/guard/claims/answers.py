"""How does the record answer: restored or not, lost or not? And where does it tell a deed in unknown words?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .polarity import Polar, runs_of, subject
from .reading import Span, Word
from .statements import Statement

_DEED = re.compile(r"not_helped|workaround|action|_at$")
_AND = re.compile(r"、|\band\b|\bthen\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """How one statement answers one question, and the words that say of what."""

    statement: Statement
    polar: Polar
    words: list[Word]
    keys: frozenset[str]
    runs: frozenset[str]


def answers_of(statements: list[Statement]) -> dict[str, list[Answer]]:
    """All answers of the record by their question; what is only to come answers nothing."""
    found: dict[str, list[Answer]] = {}
    for statement in statements:
        reading = statement.reading
        for polar in statement.polars:
            if polar.loose:
                continue
            span = reading.whole if statement.attribute else polar.clause
            words = subject(reading, polar, span)
            keys = frozenset(k for w in words for k in w.keys)
            runs = runs_of(reading.text[polar.clause[0] : polar.start])
            answer = Answer(statement, polar, words, keys, runs)
            found.setdefault(polar.group, []).append(answer)
    return found


def quiet_parts_of(statements: list[Statement]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Parts of events in which no deed is recognised: their words, and the event's identifiers."""
    found = []
    for statement in statements:
        reading = statement.reading
        if not statement.type and not _DEED.search(statement.attribute):
            continue
        if reading.within(reading.whole, "future"):
            continue
        named = frozenset(n.key for n in reading.identifiers)
        for clause in reading.clauses:
            for part in _parts(reading.text, clause):
                if not reading.within(part, "acts"):
                    found.append((reading.keys_in(part), named))
    return found


def _parts(text: str, clause: Span) -> list[Span]:
    cuts = [clause[0], *(m.end() for m in _AND.finditer(text, *clause)), clause[1]]
    return [(a, b) for a, b in pairwise(cuts) if b > a]
