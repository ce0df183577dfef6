"""What stays of a symptom when everything that varies from case to case is taken out?

In the manner of Drain (He, Zhu, Zheng and Lyu, "Drain: an online log parsing approach with fixed depth tree",
2017): what is known to vary is masked before texts are compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from operator import eq

from .word_lists import listed

MASK = "*"
LONGEST = 30
"""Words of a template: the symptom stands at the beginning."""
FEW = 0.4
"""Templates that share fewer words are no sentence in common, and their order is not looked at."""

_VARIES = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+"  # a mail address
    r"|https?://\S+|\\\\\S+|(?<![\w/])/[\w.-]+(?:/[\w.-]+)+"  # a link, a share, a path
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"  # a UUID
    r"|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b"  # an address of a host
    r"|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[t ]\d{1,2}:\d{2}(?::\d{2})?)?z?\b"  # a date
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}:\d{2}(?::\d{2})?\b"
    r"|#\s?\d+",
    re.ASCII,  # a Chinese character ends a number too
)
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[a-z0-9_*]+(?:[-.'/][a-z0-9_]+)*")
_PERSON = re.compile(r"[a-z]+[._]?[a-z]*\d*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)*)([a-z%]+)")


def without_varying(normal_text: str) -> str:
    """The text without dates, times, addresses, links, paths and running numbers."""
    return _VARIES.sub(f" {MASK} ", normal_text)


def template(normal_text: str) -> tuple[str, ...]:
    """The first words, each varying one as `*`, several in a row as one. Chinese counts by characters."""
    found: list[str] = []
    units, days, people = listed("units"), listed("days"), listed("person_before")
    for word in _WORD.findall(without_varying(normal_text)):
        measured = _MEASURE.fullmatch(word)
        varies = (
            _NUMBER.fullmatch(word) is not None
            or word in days
            or (measured is not None and measured[2] in units)
            or (word in units and bool(found) and found[-1] == MASK)
            or (bool(found) and found[-1] in people and _PERSON.fullmatch(word) is not None)
        )
        kept = MASK if varies else word
        if not (kept == MASK and found and found[-1] == MASK):
            found.append(kept)
        if len(found) >= LONGEST:
            break
    return tuple(found)


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """0 to 1: the share of the longer template that the other says in the same order. A longest common
    subsequence: an inserted word costs one place, not all that follow."""
    longer = max(len(one), len(other))
    if not one or not other or sum(map(set(other).__contains__, one)) < FEW * longer:
        return 0.0
    # What both begin and end with is in common; in a storm that is nearly all.
    begun = _as_far(one, other)
    ended = _as_far(one[begun:][::-1], other[begun:][::-1])
    one, other = one[begun : len(one) - ended], other[begun : len(other) - ended]
    return (begun + ended + _in_order(one, other)) / longer


def _as_far(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words of one the other says in the same order."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for at, against in enumerate(other, 1):
            kept = row[at]
            row[at] = before + 1 if word == against else max(row[at], row[at - 1])
            before = kept
    return row[-1]
