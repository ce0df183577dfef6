"""Do the Chinese and the English text say the same? Same slots, same facts, same numbers (law 14)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...domain.communication import Rendition
from ...domain.findings import Finding, FindingLevel
from ..examined import Examined, own_words
from ..phrases import Phrases

CHECK = "parity"
LEVEL = FindingLevel.HOLD
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def parity(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    sibling = examined.sibling
    if sibling is None:
        return
    for slot, fact in sorted(_told(examined.rendition) ^ _told(sibling)):
        detail = f"only one of the two languages tells {fact or slot}"
        yield examined.finding(CHECK, "slots-differ", LEVEL, slot, detail)
    here = Counter(_NUMBER.findall(examined.ours))
    there = Counter(_NUMBER.findall(own_words(sibling, examined.facts)))
    for number in sorted((here - there) + (there - here)):
        yield examined.finding(
            CHECK, "numbers-differ", LEVEL, number, "our words differ in a number"
        )


def _told(rendition: Rendition) -> set[tuple[str, str]]:
    return {(value.slot, value.fact or "") for value in rendition.values}
