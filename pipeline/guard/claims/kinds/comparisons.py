"""Is `twice as many` founded? A comparison needs one in the record, or two numbers that give it."""

from __future__ import annotations

from collections.abc import Iterator

from ..claim import Claim, Told

KIND = "comparison"
_FACTORS = {
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "twofold": 2,
    "翻倍": 2,
    "翻番": 2,
    "两倍": 2,
    "triple": 3,
    "tripled": 3,
    "threefold": 3,
    "三倍": 3,
    "halved": 2,
    "减半": 2,
    "half as many": 2,
    "tenfold": 10,
}


def comparisons(told: Told) -> Iterator[Claim]:
    reading, index = told.reading, told.index
    for mark in reading.within(reading.whole, "comparing"):
        same = [
            s
            for s in index.statements
            if any(m.entry.category == "comparing" for m in s.reading.marks)
        ]
        if same:
            yield told.supported(KIND, mark.start, mark.end, same)
            continue
        factor = _FACTORS.get(reading.text[mark.start : mark.end].lower())
        if factor and _ratio(told, factor):
            continue
        if (
            "twice" in reading.text.lower()
            and f"{reading.text[mark.end : mark.end + 3]}".strip().lower() not in ("as", "the")
        ):
            continue
        yield told.unsupported(KIND, mark.start, mark.end, "the record compares nothing so")


def _ratio(told: Told, factor: int) -> bool:
    known = told.index.quantities
    return any(
        a.unit == b.unit and b.value > 0 and abs(a.value / b.value - factor) <= 0.2 * factor
        for a, _ in known
        for b, _ in known
        if a.value > b.value
    )
