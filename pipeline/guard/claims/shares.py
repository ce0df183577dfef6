"""Which shares of a whole does a sentence tell in words: half, a third, 两成, 百分之五?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Quantity
from .numerals import WORDS_ZH, chinese

_ZH = WORDS_ZH
_FRACTION_ZH = re.compile(rf"({_ZH})分之({_ZH})")
_PERCENT_ZH = re.compile(rf"百分之({_ZH}|\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"([一二三四五六七八九两])成(半|[一二三四五六七八九])?(?![功员本熟为立果])")
_SHARES = (
    (re.compile(r"\b(?:a|one) third\b", re.IGNORECASE), 100 / 3),
    (re.compile(r"\btwo thirds\b", re.IGNORECASE), 200 / 3),
    (re.compile(r"\b(?:a|one) quarter of\b", re.IGNORECASE), 25),
    (re.compile(r"\bthree quarters of\b", re.IGNORECASE), 75),
    (
        re.compile(
            r"\bhalf (?:of )?(?:the|all|our|its|a)\b|\babout half\b|一半|半数|\bhalf the\b",
            re.IGNORECASE,
        ),
        50,
    ),
    (re.compile(r"\bone in ten\b|十分之一", re.IGNORECASE), 10),
    (re.compile(r"\bone in five\b", re.IGNORECASE), 20),
    (re.compile(r"\bone in four\b", re.IGNORECASE), 25),
    (re.compile(r"\bone in three\b", re.IGNORECASE), 100 / 3),
)


def shares(text: str) -> Iterator[Quantity]:
    """Percentages, fractions, tenths and halves; a rounded word leaves some room around its value."""
    for m in _PERCENT_ZH.finditer(text):
        value = float(m[1]) if m[1][0].isdigit() else float(chinese(m[1]) or 0)
        yield _share(m, value, 0)
    for m in _FRACTION_ZH.finditer(text):
        parts, whole = chinese(m[2]), chinese(m[1])
        if parts is not None and whole:
            yield _share(m, 100 * parts / whole, 3)
    for m in _TENTHS.finditer(text):
        value = 10.0 * (chinese(m[1]) or 0)
        value += 5 if m[2] == "半" else (chinese(m[2]) or 0 if m[2] else 0)
        yield _share(m, value, 2.5)
    for pattern, value in _SHARES:
        for m in pattern.finditer(text):
            yield _share(m, value, max(3.0, value * 0.1))


def _share(found: re.Match[str], value: float, slack: float) -> Quantity:
    return Quantity(
        start=found.start(),
        end=found.end(),
        value=value,
        low=value - slack,
        high=value + slack,
        unit="percent",
        spelled=True,
    )
