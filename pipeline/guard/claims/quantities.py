"""Which numbers of things does a sentence tell? With their unit, what they count, and how they were qualified."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Quantity
from .lexicon import Lexicon, Mark
from .numerals import DIGITS_ZH, WORDS_EN, WORDS_ZH, chinese, decimal, english
from .shares import shares

_ZH = WORDS_ZH
_EN_NUMBER = re.compile(rf"{WORDS_EN}(?!-[a-z])", re.IGNORECASE)
"""Not the first part of a word such as `two-zone`."""
_DIGITS = re.compile(
    r"(?<![A-Za-z0-9_.])([-−]?\d+(?:,\d{3})*(?:\.\d+)?)\s?(万|亿|千(?!兆|字)|百(?!分)|k\b(?!m)|K\b|million\b|thousand\b|hundred\b)?(?![A-Za-z0-9_]*\d)(?!\s?月(?![\d内]))",
    re.ASCII,
)
"""In ASCII: a Chinese character beside a number is no part of it."""
_UNIT = re.compile(
    r"\s?(%|percentage points?|points?\b(?= (?:short|off|from|better|worse|down|below|above|lower|higher|less|more|down|up|under|over))|percent\b|per cent\b|个百分点|成(?![功员本熟为立果])|°\s?C\b|℃|°\s?F\b|华氏度|degrees? (?:Fahrenheit|F)\b|degrees?(?: Celsius| C)?\b|摄氏度|度(?!量|过)|[GMTK]i?B\b|bytes?\b|字节"
    r"|兆|[GMk]bps\b|[GMk]bit/s|dBm\b|ms\b|毫秒|V\b|kW\b|W\b|Hz\b|C\b(?![A-Za-z])|€|EUR\b|USD\b|GBP\b|CNY\b|RMB\b|DKK\b|yuan\b|dollars?\b|euros?\b|pounds\b|元|美元|欧元|英镑|万元|/min\b|/s\b|/h\b|per (?:minute|second|hour|day)\b|倍|x\b|times\b|次/分钟|个/秒)",
    re.ASCII,
)
_MONEY = re.compile(r"(€|\$|£|¥|EUR|USD|GBP|RMB|CNY|DKK)\s?$")
_UNITS = {
    "percent": ("%", "percent", "per cent"),
    "points": ("percentage point", "percentage points", "point", "points", "个百分点"),
    "celsius": (
        "°C",
        "° C",
        "℃",
        "degree",
        "degrees",
        "degrees Celsius",
        "degrees C",
        "摄氏度",
        "度",
        "C",
    ),
    "eur": ("€", "EUR", "欧元", "euro", "euros"),
    "usd": ("$", "USD", "美元", "dollar", "dollars"),
    "gbp": ("£", "GBP", "英镑", "pounds"),
    "cny": ("¥", "RMB", "CNY", "元", "人民币", "yuan", "万元"),
    "dkk": ("DKK", "丹麦克朗"),
    "fahrenheit": ("°F", "° F", "华氏度", "degrees Fahrenheit", "degrees F"),
    "gb": ("GB", "GiB"),
    "mb": ("MB", "MiB", "兆"),
    "tb": ("TB", "TiB"),
    "kb": ("KB", "kB", "KiB"),
    "byte": ("byte", "bytes", "字节"),
    "times": ("倍", "x"),
    "perminute": ("/min", "per minute", "次/分钟"),
    "persecond": ("/s", "per second", "个/秒"),
    "perhour": ("/h", "per hour"),
}
_UNIT_OF = {form: unit for unit, forms in _UNITS.items() for form in forms}
_ZH_NUMBER = re.compile(
    rf"(?<![第{DIGITS_ZH}\d])({_ZH})(?=\s?[多余来]?(?:个|名|位|台|家|封|张|起|条|项|次|笔|人|部|套|处|层|间|份|款|批|组|户|例|单|件|座|辆|对|节|支|只|块|通|成|倍|种|步|轮|段|类|门|版|行|页|度|元|分之))"
)
_ZH_GREAT = re.compile(
    rf"(?<![第{DIGITS_ZH}十百千万\d.])([一二三四五六七八九两十][{DIGITS_ZH}两十]*[百千万亿][{DIGITS_ZH}两十百千万亿]*)(?!分之)"
)
"""From a hundred on a number is one without what it counts, too."""
_VAGUE = (
    (re.compile(r"\b(?:dozens)\b|几十|数十", re.IGNORECASE), 20, 99.99),
    (
        re.compile(r"\ba dozen\b|(?<![一二三四五六七八九两])十(?:几|余|多)", re.IGNORECASE),
        10,
        19.99,
    ),
    (re.compile(r"\b(?:hundreds)\b|几百|数百|上百|成百", re.IGNORECASE), 100, 999.99),
    (re.compile(r"\b(?:tens of thousands)\b|数万|几万|上万", re.IGNORECASE), 10_000, 99_999),
    (re.compile(r"\b(?:thousands)\b|几千|数千|上千|成千", re.IGNORECASE), 1000, 9999.99),
)
_ORDINAL_ZH = re.compile(rf"第\s?(\d+|{_ZH})\s?(?=[次起个位批轮回])")
_ORDINALS = {
    w: n
    for n, w in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 2
    )
}
_ORDINAL_EN = re.compile(
    rf"\b(?:the )?({'|'.join(_ORDINALS)}|\d+(?:nd|rd|th))(?= (?:time|occurrence|incident|case|outage|failure|attempt|such)\b)",
    re.IGNORECASE,
)
_OF_PAPER = ("张", "份", "条")
_BEYOND = {"多", "余", "来"}


def quantities(text: str, marks: list[Mark], lexicon: Lexicon) -> list[Quantity]:
    """Of a text in which moments, durations and identifiers are blanked out."""
    found: list[Quantity] = []
    for quantity in _all(text, marks, lexicon):
        if not any(quantity.start < f.end and f.start < quantity.end for f in found):
            found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def _all(text: str, marks: list[Mark], lexicon: Lexicon) -> Iterator[Quantity]:
    yield from shares(text)
    yield from _ordinals(text)
    for pattern, low, high in _VAGUE:
        for m in pattern.finditer(text):
            yield Quantity(
                start=m.start(),
                end=m.end(),
                value=low,
                low=low,
                high=high,
                nouns=_nouns(text, m.end(), marks, lexicon),
                bound="vague",
                spelled=True,
            )
    for m in _DIGITS.finditer(text):
        value = decimal((m[1].lstrip("-−")) + (m[2] or ""))
        value = (
            -value if m[1][0] in "-−" and not text[: m.start()].rstrip()[-1:].isdigit() else value
        )
        yield _qualified(text, m.start(), m.end(), value, marks, lexicon, spelled=False)
    for m in _EN_NUMBER.finditer(text):
        number = english(m[0])
        if number is not None and (number > 1 or m[0].lower() not in ("one",)):
            yield _qualified(text, m.start(), m.end(), float(number), marks, lexicon, spelled=True)
    for pattern in (_ZH_GREAT, _ZH_NUMBER):
        yield from _words_zh(pattern, text, marks, lexicon)


def _words_zh(
    pattern: re.Pattern[str], text: str, marks: list[Mark], lexicon: Lexicon
) -> Iterator[Quantity]:
    for m in pattern.finditer(text):
        number = chinese(m[1])
        if number is not None and number > 1:
            yield _qualified(text, m.start(), m.end(), float(number), marks, lexicon, spelled=True)


def _ordinals(text: str) -> Iterator[Quantity]:
    for m in _ORDINAL_ZH.finditer(text):
        value = float(m[1]) if m[1].isdigit() else float(chinese(m[1]) or 0)
        if value > 1:
            yield Quantity(
                start=m.start(),
                end=m.end(),
                value=value,
                low=value,
                high=value,
                ordinal=True,
                spelled=True,
            )
    for m in _ORDINAL_EN.finditer(text):
        word = m[1].lower()
        value = float(_ORDINALS.get(word) or int(word[:-2]))
        yield Quantity(
            start=m.start(),
            end=m.end(),
            value=value,
            low=value,
            high=value,
            ordinal=True,
            spelled=True,
        )


def _qualified(
    text: str,
    start: int,
    end: int,
    value: float,
    marks: list[Mark],
    lexicon: Lexicon,
    *,
    spelled: bool,
) -> Quantity:
    beyond = text[end : end + 1] in _BEYOND
    end += beyond
    unit = _UNIT.match(text, end)
    name = ""
    if unit:
        name = _UNIT_OF.get(unit[1], unit[1].lower())
        if name == "成":
            value, name = value * 10, "percent"
        end = unit.end()
        if name == "times" and text[end : end + 1] == "半":
            value, end = value + 0.5, end + 1
    elif money := _MONEY.search(text[max(0, start - 4) : start]):
        name = _UNIT_OF[money[1]]
    bound = "over" if beyond else _bound(text, start, end, marks)
    if unit and unit[1].startswith("point"):
        bound = ""  # `seven points below`
    low, high = _range(value, bound)
    return Quantity(
        start=start,
        end=end,
        value=value,
        low=low,
        high=high,
        unit=name,
        nouns=_nouns(text, end, marks, lexicon) if name in ("", "times") else frozenset(),
        bound=bound,
        spelled=spelled,
    )


def _bound(text: str, start: int, end: int, marks: list[Mark]) -> str:
    found = ""
    for mark in marks:
        if mark.entry.category != "approximately":
            continue
        gap = text[mark.end : start] if mark.end <= start else text[end : mark.start]
        near = (
            len(gap.strip()) <= 3
            if mark.end <= start
            else len(gap.strip()) <= 2 and mark.entry.key != "over"
        )
        if re.search(r"[,;。;]", gap):
            continue
        if near and (mark.end <= start or mark.start >= end):
            found = mark.entry.key
    before = text[max(0, start - 2) : start].strip()[-1:]
    single = {"约": "about", "近": "nearly", "逾": "over", "超": "over"}.get(before, "")
    return single or found


def _range(value: float, bound: str) -> tuple[float, float]:
    """What the recorded number may be, for this claim to be an honest one."""
    if bound == "over":
        return value, value * 1.34 + 1
    if bound == "under":
        return value * 0.7 - 1, value
    if bound == "nearly":
        return value * 0.9, value * 1.02
    return value, value


def _nouns(text: str, end: int, marks: list[Mark], lexicon: Lexicon) -> frozenset[str]:
    """What is counted: the nearest countable words within a few words after the number."""
    rest = text[end : end + 3].lstrip()
    for entry in lexicon.adjacent.get(rest[:1], ()):
        if entry.category == "counts" and (
            entry.key in ("people", "devices", "messages", "orders") or rest[:1] in _OF_PAPER
        ):
            return frozenset({entry.key})
    found: set[str] = set()
    last = 0
    for mark in marks:
        if mark.entry.category == "counts" and found:
            if text[last : mark.start] != " ":
                break
            found, last = {mark.entry.key}, mark.end  # `five mail servers` are servers
        elif mark.entry.category == "counts" and 0 <= mark.start - end <= 28:
            between = text[end : mark.start]
            if not re.search(
                r"[,.;:。、]|\b(?:and|but|still|of which|were|was|is|are|had|have|by|to|from|in|at|over|under|above|below)\b",
                between,
            ):
                found.add(mark.entry.key)
                last = mark.end
    if not found and rest:
        for entry in lexicon.adjacent.get(rest[0], ()):
            if entry.category == "counts":
                found.add(entry.key)
    return frozenset(found)
