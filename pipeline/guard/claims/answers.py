"""How does the record answer: restored or not, lost or not?"""

from __future__ import annotations

from dataclasses import dataclass

from .polarity import Polar, runs_of, subject
from .reading import Word
from .statements import Statement


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
