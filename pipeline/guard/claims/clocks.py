"""Which clock times does a sentence name? In digits and in words of both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Moment
from .clock_words import clock_words
from .dates import DAYS, number
from .numerals import WORDS_ZH
from .tokens import HAN

_ZH = WORDS_ZH
_PART_ZH = "凌晨|清晨|早上|早晨|上午|中午|正午|午后|下午|傍晚|晚上|夜里|夜间|深夜|今晨|今早|今晚|昨晚|昨夜|明早|明晚|晚|早"
_CLOCK = re.compile(
    r"(?<!\d)(?<!\d:)(?<!\d\.)([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?\s?([ap]\.?m\b\.?)?(?!:?\d|%)",
    re.IGNORECASE,
)
_HOUR_EN = re.compile(
    r"(?<![\d.:])(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?\s?([ap]\.?m\b\.?)", re.IGNORECASE
)
_CLOCK_ZH = re.compile(
    rf"({_PART_ZH})?\s?(?<![\d.])(\d{{1,2}}|{_ZH})\s?(?:点钟?|时(?![间候段限常区长]))\s?(半|一刻|三刻|整|(?:[过零]?(\d{{1,2}}|{_ZH})\s?分?(?!之[\d一二两三四五六七八九十几]))(?![\d个次名人小天点%]))?(?!\d)"
)
_FOUR_DIGITS = re.compile(
    r"\b(?:at|by|until|till|since|from|before|after|around|tomorrow|today|tonight|yesterday) ([01]\d|2[0-3])([0-5]\d)(?:h|hrs)?\b(?! [a-z]+s\b)",
    re.IGNORECASE,
)
"""`tomorrow 0610`, as pilots and soldiers write it."""
_POINTS = re.compile(r"[都均皆仍还尚待须需是:,，]")
_PART_CLOCK = re.compile(rf"({_PART_ZH})\s?(?=\d{{1,2}}:\d\d)")


def clocks(text: str) -> Iterator[Moment]:
    parts = {m.end(): (m.start(), m[1]) for m in _PART_CLOCK.finditer(text)}
    western = text.isascii() or not HAN.search(text)
    for m in _CLOCK.finditer(text):
        start, part = parts.get(m.start(), (m.start(), ""))
        hour = _hour(int(m[1]), (m[3] or "").lower(), part)
        half = not (m[3] or part) and _is_of_either_half(m[1], western)
        yield Moment(
            start=start,
            end=m.end(),
            minute=(hour * 60 + int(m[2])) % 1440,
            days=DAYS.get(part),
            half_day=half,
        )
    for m in _HOUR_EN.finditer(text):
        at = _hour(int(m[1]), m[3].lower(), "") * 60 + int(m[2] or 0)
        yield Moment(start=m.start(), end=m.end(), minute=at % 1440)
    for m in _FOUR_DIGITS.finditer(text):
        if m[1][0] == "0":
            yield Moment(start=m.start(1), end=m.end(2), minute=int(m[1]) * 60 + int(m[2]))
    yield from clock_words(text)
    yield from _chinese(text)


def _is_of_either_half(hour: str, western: bool) -> bool:
    """`2:32` in English may be 14:32; `02:32` is written by a clock of twenty-four hours."""
    return western and hour[0] != "0" and 1 <= int(hour) <= 12


def _chinese(text: str) -> Iterator[Moment]:
    for m in _CLOCK_ZH.finditer(text):
        said, part = number(m[2]), m[1] or ""
        if said is None or said > 24 or text[m.start() - 1 : m.start()] == "第":
            continue
        if m[2] == "两" and _POINTS.match(text, m.end()):
            continue  # `两点都待核实`: two things
        if m[2] in ("一", "几") and not part and not m[3]:
            continue  # `高一点`: a little
        if m[4] and len(m[4]) == 1 and not m[4].isdigit() and "分" not in m[3]:
            continue  # `一点二`: a decimal number
        rest = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}.get(m[3] or "整")
        minute = rest if rest is not None else number(m[4] or "0")
        if minute is not None and minute < 60:
            half = not part and 1 <= said <= 12 and m[2][0] != "0"
            at = (_hour(said, "", part) * 60 + minute) % 1440
            yield Moment(
                start=m.start(), end=m.end(), minute=at, days=DAYS.get(part), half_day=half
            )


def _hour(hour: int, meridiem: str, part: str) -> int:
    late = meridiem.startswith("p") or part in (
        "午后",
        "下午",
        "傍晚",
        "晚上",
        "夜间",
        "深夜",
        "今晚",
        "昨晚",
        "昨夜",
        "明晚",
        "晚",
    )
    if late and hour < 12 and not (part in ("夜间", "深夜", "昨夜") and hour < 6):
        return hour + 12
    if meridiem.startswith("a") and hour == 12:
        return 0
    if part == "中午" and hour < 3:
        return hour + 12
    return hour
