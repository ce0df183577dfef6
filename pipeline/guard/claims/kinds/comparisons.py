"""Is `twice as many` founded? A comparison needs one in the record, or two numbers that give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told
from ..factors import founded

KIND = "comparison"
_FACTORS = (
    (
        re.compile(
            r"(?:twice|doubl|two-?fold|halv|half as)|翻倍|翻番|翻了一番|[两二]倍|减半|一倍",
            re.IGNORECASE,
        ),
        2,
    ),
    (re.compile(r"(?:tripl|three-?fold)|三倍", re.IGNORECASE), 3),
    (re.compile(r"(?:quadrupl|four-?fold)|四倍", re.IGNORECASE), 4),
    (re.compile(r"ten-?fold|十倍", re.IGNORECASE), 10),
)
_OF_SOMETHING = re.compile(r"\s?(?:as|the|that|what|its)\b", re.IGNORECASE)


def comparisons(told: Told) -> Iterator[Claim]:
    reading, index = told.reading, told.index
    for mark in reading.within(reading.whole, "comparing"):
        if any(q.start < mark.end and mark.start < q.end for q in reading.quantities):
            continue  # told with its number
        if reading.text[mark.start : mark.end].lower().startswith("timed"):
            continue
        same = [
            s
            for s in index.statements
            if any(m.entry.category == "comparing" for m in s.reading.marks)
        ]
        words = reading.text[mark.start : mark.end]
        factor = next((f for pattern, f in _FACTORS if pattern.match(words)), None)
        found = same or (founded(told, factor, mark.start, mark.end) if factor else [])
        if found:
            yield told.supported(KIND, mark.start, mark.end, found)
        elif words.lower() != "twice" or _OF_SOMETHING.match(reading.text, mark.end):
            yield told.unsupported(KIND, mark.start, mark.end, "the record compares nothing so")
