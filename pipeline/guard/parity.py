"""Do both languages say the same? Law 14: the same slots, and the same numbers in our own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..domain.findings import Finding, FindingLevel
from .examined import Examined, own_words
from .phrases import Phrases

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    sibling = examined.sibling
    if sibling is None:
        return
    theirs = frozenset(v.slot for v in sibling.values)
    for slot in sorted(examined.slots ^ theirs):
        yield examined.finding(
            "parity", f"slot.{slot}", FindingLevel.HOLD, detail="stands in one language alone"
        )
    numbers = Counter(_NUMBER.findall(examined.ours))
    others = Counter(_NUMBER.findall(own_words(sibling)))
    for number in sorted((numbers - others) | (others - numbers)):
        yield examined.finding("parity", "number", FindingLevel.HOLD, excerpt=number)
