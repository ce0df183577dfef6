"""Which shares of a whole does a sentence tell in words: half, a third, 两成, 百分之五?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Quantity
from .numerals import WORDS_EN, WORDS_ZH, chinese, english

_ZH = WORDS_ZH
_FRACTION_ZH = re.compile(rf"({_ZH})分之({_ZH})")
_PERCENT_ZH = re.compile(rf"百分之({_ZH}|\d+(?:\.\d+)?)(?:点({_ZH}))?")
_TENTHS = re.compile(r"([一二三四五六七八九两])成(半|[一二三四五六七八九])?(?![功员本熟为立果])")
_PARTS_EN = re.compile(
    rf"({WORDS_EN}|\d+) (?:(?<=one )[a-z-]+ )?(?:(?:in|out of)(?: every)?|of(?! [a-z]+ [a-z]+s\b)) (three|four|five|six|eight|ten|twenty|a hundred|10|20|100)\b(?!:)",
    re.IGNORECASE,
)
_OVER = re.compile(r"(?:\b(?:more than|over|above|at least)|超过|逾|过|不止|超)\s?$", re.IGNORECASE)
_UNDER = re.compile(
    r"(?:\b(?:less than|under|below|nearly|almost|just under|not quite|close to)|不到|近|将近|接近|不足)\s?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|some|approximately)|约|大约|大概|差不多)\s?$", re.IGNORECASE
)
_OVER_AFTER = re.compile(r"多|以上|强")
_FRACTION_EN = re.compile(
    rf"\b(an?|{WORDS_EN}) (third|quarter|fifth|sixth|eighth|tenth)(s?)\b(?! of an hour)(?= of\b|[ ,.;:)]|$)",
    re.IGNORECASE,
)
_DIVISOR = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_HALF = re.compile(
    r"\bhalf (?:of )?(?:the|all|our|its|a|of)\b(?! (?:past|hour|minute|day))|\b(?:by|about|in) half\b(?! an)|一半|半数|\bhalf the\b",
    re.IGNORECASE,
)


def shares(text: str) -> Iterator[Quantity]:
    """Percentages, fractions, tenths and halves; a rounded word leaves some room around its value."""
    for m in _PERCENT_ZH.finditer(text):
        value = float(m[1]) if m[1][0].isdigit() else float(chinese(m[1]) or 0)
        if m[2]:
            value += float(f"0.{chinese(m[2])}")
        yield _share(text, m, value, 0)
    for m in _FRACTION_ZH.finditer(text):
        count, of = chinese(m[2]), chinese(m[1])
        if count is not None and of:
            yield _share(text, m, 100 * count / of, 3)
    for m in _PARTS_EN.finditer(text):
        parts, whole = _number(m[1]), _number(m[2].lower().removeprefix("a "))
        if 0 < parts <= whole:
            yield _share(text, m, 100 * parts / whole, min(4.0, max(2.0, 20 / whole)))
    for m in _TENTHS.finditer(text):
        value = 10.0 * (chinese(m[1]) or 0)
        value += 5 if m[2] == "半" else (chinese(m[2]) or 0 if m[2] else 0)
        yield _share(text, m, value, 2.5)
    for m in _FRACTION_EN.finditer(text):
        parts = 1.0 if m[1].lower() in ("a", "an") else _number(m[1])
        if m[3] or parts == 1:  # `two third parties` are none
            value = 100 * parts / _DIVISOR[m[2].lower()]
            yield _share(text, m, value, max(3.0, value * 0.08))
    for m in _HALF.finditer(text):
        yield _share(text, m, 50, 5)


def _number(words: str) -> float:
    return float(words) if words.isdigit() else float(english(words) or 0)


def _share(text: str, found: re.Match[str], value: float, slack: float) -> Quantity:
    low, high, bound = value - slack, value + slack, ""
    before = text[max(0, found.start() - 12) : found.start()]
    if _OVER.search(before) or _OVER_AFTER.match(text, found.end()):
        low, high, bound = value, value + max(9.9, value * 0.34), "over"
    elif _ABOUT.search(before):
        low, high = low - 1.5, high + 1.5
    elif _UNDER.search(before):
        low, high, bound = value - max(5.0, value * 0.2), value, "nearly"
    return Quantity(
        start=found.start(),
        end=found.end(),
        value=value,
        low=low,
        high=high,
        unit="percent",
        bound=bound,
        spelled=True,
    )
