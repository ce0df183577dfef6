"""Which clock times does English prose say in words? `half past twelve`, `ten to five`, `nine this morning`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .atoms import Moment
from .numerals import english

_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUTE = rf"(?:oh[ -](?:{_HOUR})|ten|fifteen|twenty|thirty|forty|fifty|(?:twenty|thirty|forty|fifty)-(?:{_HOUR}))"
_PART = r"(?:in the (?:early |late )?(?P<part>morning|afternoon|evening)|at (?P<night>night))\b"
_DAY = (
    r"(?:in the (?:early |late |small )?(?:morning|afternoon|evening|hours)|at night|this (?:morning|afternoon|evening)"
    r"|that (?:morning|afternoon|evening|night|day)|last night|tonight|today|yesterday|tomorrow|sharp|local|the (?:next|same|following)"
    r"|on (?:(?-i:[A-Z])|the (?:same|next|following|morning|evening|\d))|(?-i:[A-Z])\w+(?: \w+)? time|UTC|GMT|(?-i:[A-Z]{2,4}T)\b|(?:each|every) (?:morning|afternoon|evening|night|day|weekday)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_STOP = r"(?:\s*(?:[,.;:)!?(]|$|—|–|\s-\s)|\s+(?:to|is|was|were|and|but|when|while|which|with|where|the|a|an|against|as|because|it|we|that|this|in|on|at|by|of|for|from|until|after|before|if|so)\b|\s(?-i:[A-Z])|\s\d|\s\w+ed\b)"
_AT = re.compile(
    rf"\b(?:at|by|since|until|till|after|before)\s+(?P<h>{_HOUR})(?:[ -](?P<m>{_MINUTE}))?(?=\s+{_DAY}|{_STOP})",
    re.IGNORECASE,
)
_WITH_DAY = re.compile(
    rf"\b(?P<h>{_HOUR}|1[0-2]|[1-9])(?:[ -](?P<m>{_MINUTE}))?(?=\s+{_DAY})", re.IGNORECASE
)
_PAST = re.compile(
    rf"\b(?:a )?(?P<n>quarter|half|(?<!from )(?:twenty-)?five|(?<!from )ten|(?<!from )twenty|(?P<min>[\w-]+) minutes?) (?P<turn>past|to|after|before) "
    rf"(?P<h>{_HOUR}|midnight|noon|midday)(?(min)|(?=\s+{_DAY}|{_STOP}|\s+(?:to|until)\s+(?:{_HOUR})))",
    re.IGNORECASE,
)
_HALF = re.compile(rf"\bhalf (?P<h>{_HOUR})(?=\s+{_DAY}|{_STOP})", re.IGNORECASE)
_CLOCK = re.compile(
    rf"\b(?P<h>{_HOUR}|1[0-2]|[1-9])\s?(?:o'clock|o’clock)(?:\s?(?P<half>[ap])\.?m\b)?",
    re.IGNORECASE,
)
_NOON = re.compile(
    r"\b(?:(?:12 |twelve )?(?:noon|midday)|(?:12 |twelve )?(?P<night>midnight))\b", re.IGNORECASE
)
_TO = re.compile(
    rf"\s?(?:to|and|until|till|–|-)\s(?P<h>{_HOUR})(?=\s+{_DAY}|{_STOP})", re.IGNORECASE
)
_AFTER = re.compile(rf"\s+{_PART}", re.IGNORECASE)


def clock_words(text: str) -> Iterator[Moment]:
    """An hour without its half of the day may be either; a number that is no hour is none."""
    found: list[Moment] = []
    for moment in (*_past(text), *_plain(text)):
        if not any(moment.start < f.end and f.start < moment.end for f in found):
            found.append(moment)
    for moment in found:
        yield moment
        if other := _TO.match(text, moment.end):
            yield _moment(text, other, _hour(other["h"]) * 60, start=other.start("h"))


def _past(text: str) -> Iterator[Moment]:
    for m in _PAST.finditer(text):
        minutes = _minutes(m["min"] or m["n"])
        if minutes is None or (m["turn"] in ("after", "before") and not m["min"]):
            continue
        fixed = {"midnight": 0, "noon": 12, "midday": 12}.get(m["h"].lower())
        hour = fixed if fixed is not None else _hour(m["h"])
        late = m["turn"].lower() in ("past", "after")
        moment = _moment(text, m, hour * 60 + (minutes if late else -minutes))
        yield moment if fixed is None else replace(moment, half_day=False)
    for m in _HALF.finditer(text):
        yield _moment(text, m, _hour(m["h"]) * 60 + 30)


def _plain(text: str) -> Iterator[Moment]:
    for m in _CLOCK.finditer(text):
        hour = _hour(m["h"]) % 12 + (12 if m["half"] in ("p", "P") else 0)
        moment = _moment(text, m, hour * 60)
        yield replace(moment, half_day=False) if m["half"] else moment
    for m in _NOON.finditer(text):
        yield Moment(start=m.start(), end=m.end(), minute=0 if m["night"] else 720)
    for pattern in (_AT, _WITH_DAY):
        for m in pattern.finditer(text):
            minute = _minutes(m["m"].replace("oh", "").strip(" -")) if m["m"] else 0
            yield _moment(text, m, _hour(m["h"]) * 60 + (minute or 0), start=m.start("h"))


def _moment(text: str, m: re.Match[str], minute: int, start: int | None = None) -> Moment:
    """With `in the evening` behind it, it is of that half of the day."""
    begin, part = m.start() if start is None else start, _AFTER.match(text, m.end())
    minute %= 1440
    if part is None:
        return Moment(start=begin, end=m.end(), minute=minute, half_day=True)
    late = part["part"] in ("afternoon", "evening") or (part["night"] and minute % 720 >= 360)
    return Moment(start=begin, end=part.end(), minute=minute % 720 + (720 if late else 0))


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else english(word) or 0


def _minutes(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return {"quarter": 15, "half": 30}.get(word.lower(), english(word))
