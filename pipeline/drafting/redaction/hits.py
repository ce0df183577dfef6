"""Where in a text is something to hide, and what when two of them overlap?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .kinds import Kind

_WEIGHT = (
    *(Kind.SECRET, Kind.LITERAL, Kind.EMAIL, Kind.IDENTITY, Kind.PHONE, Kind.PERSON),
    *(Kind.ADDRESS, Kind.STAFF_ADDRESS),
)
"""Whose kind an overlap takes, the first before the others: what holds a secret is one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`key` is the same for all spellings of one value; for a secret it says nothing."""

    kind: Kind
    start: int
    end: int
    key: str


def apart(hits: Iterable[Hit]) -> list[Hit]:
    """In the order of the text and without overlaps: two that touch the same characters become one, so
    that no rest of either stays."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if found and hit.start < found[-1].end:
            found[-1] = _joined(found[-1], hit)
        else:
            found.append(hit)
    return found


def _joined(one: Hit, other: Hit) -> Hit:
    end = max(one.end, other.end)
    first = min((one, other), key=lambda h: _WEIGHT.index(h.kind))
    whole = (first.start, first.end) == (one.start, end)
    # Of a union no detector knows the value: it is named by its kind and the value that weighs most.
    return Hit(first.kind, one.start, end, first.key if whole else f"{first.key}+")
