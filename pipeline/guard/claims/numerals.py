"""Which number do these words say? Digits, English and Chinese number words; exact values only.

Vague ones (dozens, 数百) are ranges, and are read by `quantities`.
"""

from __future__ import annotations

import re

_SMALL = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_GREAT = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join([*_TENS, *sorted(_SMALL, key=len, reverse=True), *_GREAT])
WORDS_EN = rf"\b(?:a (?=hundred|thousand|million))?(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*\b"
"""A number in English words; `a hundred` counts, `a` alone does not."""
DIGITS_ZH = "〇零一二三四五六七八九"
_VALUE_ZH = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_UNITS_ZH = {"十": 10, "百": 100, "千": 1000}
WORDS_ZH = r"[〇零一二三四五六七八九十百千万亿两]+"
_DECIMAL = re.compile(
    r"(\d+(?:,\d{3})*(?:\.\d+)?)\s?(万|亿|千|百|k|K|m(?:illion)?\b|thousand|hundred)?"
)
_SCALE = {
    "万": 1e4,
    "亿": 1e8,
    "千": 1e3,
    "百": 1e2,
    "k": 1e3,
    "K": 1e3,
    "thousand": 1e3,
    "hundred": 1e2,
}


def decimal(text: str) -> float:
    """`6,214`, `41.8`, `1.2万`, `6k`."""
    found = _DECIMAL.match(text)
    if found is None:
        raise ValueError(text)
    scale = _SCALE.get(found[2] or "", 1e6 if found[2] else 1)
    return float(found[1].replace(",", "")) * scale


def english(text: str) -> int | None:
    """`three hundred and twenty` is 320, `forty-two` is 42. None for what is no number."""
    total, part = 0, 0
    for word in re.split(r"[ -]", text.lower()):
        if word in _SMALL:
            part += _SMALL[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _GREAT:
            total, part = total + (part or 1) * _GREAT[word], 0
        elif word not in ("and", "a"):
            return None
    return total + part


def chinese(text: str) -> int | None:
    """`三百二十` is 320, `两千零五` 2005, `二〇二六` 2026, `三百二` 320. None for what is no number."""
    if not text or any(c not in _VALUE_ZH and c not in "十百千万亿" for c in text):
        return None
    if all(c in _VALUE_ZH for c in text):
        return int("".join(str(_VALUE_ZH[c]) for c in text))
    total, section, digit, last = 0, 0, 0, 1
    for c in text:
        if c in _VALUE_ZH:
            digit = _VALUE_ZH[c]
            last = 10 if c in "零〇" else last
        elif c in _UNITS_ZH:
            section += (digit or 1) * _UNITS_ZH[c]
            digit, last = 0, _UNITS_ZH[c]
        else:
            total = (total + section + digit) * (10_000 if c == "万" else 10**8)
            section, digit, last = 0, 0, 10_000 if c == "万" else 10**8
    return total + section + (digit * last // 10 if digit and last > 10 else digit)
