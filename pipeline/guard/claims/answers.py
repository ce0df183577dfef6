"""How does the record answer: restored or not, lost or not?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .polarity import Polar, runs_of, subject
from .reading import Word
from .statements import Statement

_MENDED = re.compile(r"action|recover|restor|resolv|clos|changed")
_SORTS = ("counts:", "effects:", "acts:")


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
            whole = statement.attribute and not _of_a_later_part(statement, polar)
            span = reading.whole if whole else polar.clause
            words = subject(reading, polar, span)
            keys = frozenset(k for w in words for k in w.keys)
            runs = runs_of(reading.text[polar.clause[0] : polar.start])
            answer = Answer(statement, polar, words, keys, runs)
            found.setdefault(polar.group, []).append(answer)
    return found


def _of_a_later_part(statement: Statement, polar: Polar) -> bool:
    """`two networks; the third works`: what stands before says nothing of the third."""
    first = statement.reading.clauses[0]
    if statement.id == "record":
        return False
    return polar.clause != first and not any(p.clause == first for p in statement.polars)


def spared_of(statements: list[Statement], answers: list[Answer]) -> dict[str, Statement]:
    """Told to work or not to be affected before anything was repaired, and in no sentence that tells a failure."""
    failing = frozenset(
        k
        for s in statements
        for clause in s.reading.clauses
        if s.id == "record" or any(p.clause == clause and _fails(p) for p in s.polars)
        for k in s.reading.keys_in(clause)
    )
    found: dict[str, Statement] = {}
    for answer in answers:
        polar, statement = answer.polar, answer.statement
        if (
            polar.sign < 0
            or polar.key not in ("affected", "working")
            or _MENDED.search(statement.type)
        ):
            continue
        if statement.attribute and statement.reading.quantities:
            continue
        for key in answer.keys - failing:
            if not key.startswith(_SORTS) and len(key) > 1:
                found.setdefault(key, statement)
    return found


def _fails(polar: Polar) -> bool:
    return polar.group == "health" and polar.sign < 0
