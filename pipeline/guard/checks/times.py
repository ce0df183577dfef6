"""Is every time told by a slot? Our words hold no clock time and no date, for only code fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.findings import Finding, FindingLevel, Words
from ..examined import Examined
from ..phrases import Phrases

CHECK = "times"
LEVELS = {Words.TEMPLATE: FindingLevel.BLOCK, Words.PERSON: FindingLevel.WARN}
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    "|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_IN_DIGITS = re.compile(
    r"(?<!\d)\d{1,2}\s?[:：]\s?\d{2}(?!\d)"
    r"|(?<!\d)\d{1,2}\s?[ap]\.?m\b"
    r"|\d\s?(?:点|时(?!间))|\d\s?月\s?\d{1,2}\s?[日号]|(?<!\d)\d{4}\s?年"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d/])(?!24/7)\d{1,2}/\d{1,2}(?![\d/])"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?![a-z])|\b{_MONTH}\s\d{{1,2}}(?!\d)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"[一二三四五六七八九十两](?:点钟?(?:半|整|前|后|左右)|时(?:许|整|前|半))"
    r"|(?:周|星期|礼拜)[一二三四五六日天](?!次)|今天|明天|后天|昨天|午夜|零点"
    rf"|\b(?:on|by|until|before|next|this)\s{_DAY}\b|(?:today|tomorrow|yesterday|tonight|midnight)\b",
    re.IGNORECASE,
)


def times(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    found = _in_our_words(examined.ours)
    if found:
        detail = "a time stands in the text itself, not in a slot"
        yield examined.finding(CHECK, "time-not-a-slot", LEVELS[Words.TEMPLATE], found[0], detail)
    for value in examined.rendition.values:
        fact = examined.facts.get(value.fact or "")
        judged = fact is None or examined.speaker(fact) is None
        if judged and (found := _ISO.search(value.text)):
            yield examined.finding(CHECK, "raw-timestamp", LEVELS[Words.TEMPLATE], found[0])
    for said in examined.theirs:
        level = LEVELS.get(said.words)
        if level is not None and (found := _ISO.search(said.read)):
            yield examined.finding(CHECK, "raw-timestamp", level, found[0], words=said.words)


def _in_our_words(ours: str) -> re.Match[str] | None:
    """Values are taken out, so digits are rare in our words, and most texts skip the costly half."""
    return (_IN_DIGITS.search(ours) if _DIGIT.search(ours) else None) or _IN_WORDS.search(ours)
