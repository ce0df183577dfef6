"""Is one recorded number so many times another? `six times the limit`, `more than halved`, `三倍半`."""

from __future__ import annotations

import re

from .atoms import Quantity
from .claim import Told
from .index import Index
from .multiples import factor_of
from .statements import Statement

_MORE = re.compile(
    r"(?:\b(?:more than|over|well over|at least)|超过|不止|逾|多于)\s?$", re.IGNORECASE
)
_LIMIT = re.compile(r"threshold|limit|target|allowed|maximum")
_BASES = {
    **{u: (s, "mbps") for u, s in (("gbps", 1000.0), ("mbps", 1.0), ("kbps", 0.001))},
    **{f"{u}it/s": (s, "mbps") for u, s in (("gb", 1000.0), ("mb", 1.0), ("kb", 0.001))},
    **{u: (s, "mb") for u, s in (("tb", 1_048_576.0), ("gb", 1024.0), ("mb", 1.0))},
}
_LESS = re.compile(
    r"(?:\b(?:nearly|almost|just under|close to|not quite|less than|under)|近|将近|接近|不到|不足)\s?[^，,]{0,8}$",
    re.IGNORECASE,
)


def founded(told: Told, factor: float, start: int, end: int) -> list[Statement]:
    """Two numbers of one kind whose ratio is the factor, as it is qualified before `start`."""
    before = told.reading.text[max(0, start - 16) : start]
    slack = max(0.25, factor * 0.06)
    low, high = factor - slack, factor + slack
    if _MORE.search(before) or told.reading.text[end : end + 1] in ("多", "以", "还", "有", "余"):
        low, high = factor, factor * 1.9 if factor <= 2 else factor + 1
    elif _LESS.search(before):
        low, high = factor * 0.85, factor
    known = measures(told.index)
    for one, one_unit, of_one in known:
        for other, other_unit, of_other in known:
            if one_unit != other_unit or not one > other > 0:
                continue
            if low <= one / other <= high and alike(of_one, of_other):
                return [of_one, of_other]
    return []


def measures(index: Index) -> list[tuple[float, str, Statement]]:
    numbers = [(*_in_base(q), s) for q, s in index.quantities if s.id != "record"]
    return numbers + [(q.seconds, "s", s) for q, s in index.lastings]


def _in_base(quantity: Quantity) -> tuple[float, str]:
    """Rates and sizes of one kind in one unit."""
    scale, unit = _BASES.get(quantity.unit.lower(), (1.0, quantity.unit))
    return quantity.value * scale, unit


def alike(one: Statement, other: Statement) -> bool:
    """Both are told of one thing: by their fact, in one event, or one is the limit of the other."""
    if one.what and one.what == other.what:
        return True
    if one.event is not None and one.event == other.event:
        return True
    return bool(_LIMIT.search(one.attribute) or _LIMIT.search(other.attribute))


def recorded(index: Index, factor: float) -> list[Statement]:
    """Where the record says itself that something is so many times another."""
    return [
        s
        for s in index.statements
        for m in s.reading.marks
        if m.entry.category == "comparing"
        if factor_of(s.reading.text[m.start : m.end]) == factor
    ]
