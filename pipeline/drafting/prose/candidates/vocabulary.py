"""By which words are times and measures told? `prompts/extraction/times.yaml`, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ....domain.errors import Misconfigured
from ....yaml_places import read

FILE = "extraction/times.yaml"
_HAN = "一二两三四五六七八九十"
NUMBER = rf"(?<![\d.])\d{{1,6}}(?:\.\d{{1,3}})?|[{_HAN}]{{1,3}}|半|(?<![A-Za-z])(?:an?|half an|one|two|three|four|five|six|ten|fifteen|twenty|thirty)(?![A-Za-z])"
_WORDS = {
    "a": 1.0,
    "an": 1.0,
    "half an": 0.5,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "ten": 10.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "半": 0.5,
    "两": 2.0,
}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Vocabulary:
    """Patterns with named groups, and what each word of them means."""

    day: re.Pattern[str]
    days: Mapping[str, int]
    parts: Mapping[str, str]
    clock: re.Pattern[str]
    length: re.Pattern[str]
    units: Mapping[str, int]
    lead: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    quantity: re.Pattern[str]
    percentage: re.Pattern[str]

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Vocabulary:
        """Of the texts in force. Raises Misconfigured when the file is not as it must be."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw = read(FILE, files[FILE])[0]
        try:
            return _made(raw)
        except (KeyError, TypeError, AttributeError, ValueError) as wrong:
            raise Misconfigured(f"lacks {wrong}", where=FILE) from None


def _made(raw: Mapping[str, Any]) -> Vocabulary:
    days = {word: int(n) for n, each in raw["days"].items() for word in _both(each)}
    units = {word: _SECONDS[u] for u, each in raw["units"].items() for word in _both(each)}
    weeks = _any(_both(raw["next_week"]))
    names = "周[一二三四五六日天]|星期[一二三四五六日天]|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    unit = _any(units)
    marks = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间"
    number = rf"(?P<n>{NUMBER})"
    half = rf"(?P<and>半(?={_any(raw['units']['h']['zh'])}))?"
    return Vocabulary(
        day=_flagged(rf"(?P<word>{_any(days)})|(?:(?P<next>{weeks})\s?)?(?P<weekday>{names})"),
        days=days,
        parts={word: part for part, each in raw["parts"].items() for word in each},
        clock=_flagged(
            rf"(?P<mark>{marks})?\s?(?P<hour>\d{{1,2}}|[{_HAN}]{{1,3}})\s?点钟?(?:\s?(?P<minute>半|一刻|三刻|\d{{1,2}}(?!\d)|[{_HAN}]{{1,3}}))?分?"
        ),
        length=_flagged(rf"{number}\s?(?:个)?{half}\s?(?P<unit>{unit})(?P<more>半)?(?![A-Za-z])"),
        units=units,
        lead=_flagged(rf"(?:{_any(_both(raw['lead']))})\s?$"),
        after=_flagged(rf"\s?(?:{_any(_both(raw['after']))})"),
        before=_flagged(rf"\s?(?:{_any(_both(raw['before']))})"),
        quantity=_flagged(_quantity(raw)),
        percentage=_flagged(
            rf"(?<![\d.,])(?:\d[\d,]{{0,14}}(?:\.\d{{1,6}})?\s?(?:{_any(raw['percent']['en'])})|百分之[\d{_HAN}百零点.]+)"
        ),
    )


def _quantity(raw: Mapping[str, Any]) -> str:
    zh, en = _any(raw["quantities"]["zh"]), _any(raw["quantities"]["en"])
    figure = r"(?<![\w.:：-])\d[\d,]{0,14}(?:\.\d{1,6})?"
    return (
        rf"{figure}\s?(?:{zh}|(?:{en})(?![A-Za-z])|(?:[a-z-]{{1,20}}\s)?[a-z]{{3,20}}s(?![A-Za-z]))"
    )


def amount(written: str) -> float:
    """The number behind figures or words: 20, 两, 十五, half an."""
    word = written.lower()
    if word in _WORDS:
        return _WORDS[word]
    if word[0].isdigit():
        return float(word)
    tens, ten, ones = word.rpartition("十")
    digit = {character: n for n, character in enumerate("零一二三四五六七八九")} | {"两": 2}
    if not ten:
        return float(digit.get(word, 0))
    return float(digit.get(tens, 1) * 10 + digit.get(ones, 0))


def _both(words: Mapping[str, Iterable[str]]) -> list[str]:
    return [str(word) for each in words.values() for word in each]


def _any(words: Iterable[str]) -> str:
    """The longer ones first; a Latin word ends where its letters end."""
    ordered = sorted(set(words), key=len, reverse=True)
    return (
        "|".join(
            re.escape(w) + (r"(?![A-Za-z])" if w[-1].isascii() and w[-1].isalpha() else "")
            for w in ordered
        )
        or r"(?!)"
    )


def _flagged(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
