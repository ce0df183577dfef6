"""Is `twice as many` founded? A comparison needs one in the record, or two numbers that give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..factors import founded
from ..multiples import factor_of

KIND = "comparison"
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)\s?$")
_OF_SOMETHING = re.compile(r"\s?(?:as|the|that|what|its)\b", re.IGNORECASE)


def comparisons(told: Told) -> Iterator[Claim]:
    reading, index = told.reading, told.index
    for mark in reading.within(reading.whole, "comparing"):
        if any(q.start < mark.end and mark.start < q.end for q in reading.quantities):
            continue  # told with its number
        if reading.text[mark.start : mark.end].lower().startswith(("timed", "time ")):
            continue
        same = [
            s
            for s in index.statements
            if any(m.entry.category == "comparing" for m in s.reading.marks)
        ]
        words = reading.text[mark.start : mark.end]
        digits = _DIGITS.search(reading.text, 0, mark.start)
        factor = float(digits[1]) if digits else factor_of(words)
        found = same or (founded(told, factor, mark.start, mark.end) if factor else [])
        if found:
            yield told.supported(KIND, mark.start, mark.end, found)
        elif words.lower() != "twice" or _OF_SOMETHING.match(reading.text, mark.end):
            yield told.unsupported(KIND, mark.start, mark.end, because("claim_no_comparison"))
