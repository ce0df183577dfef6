"""Which moments does a sentence name? Clock times, dates, weekdays and parts of days, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .atoms import Moment
from .numerals import _SMALL, WORDS_ZH, chinese, english

_MONTHS = {
    name: n
    for n, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        [
            "mon monday",
            "tue tues tuesday",
            "wed wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        ]
    )
    for name in names.split()
}
_ZH = WORDS_ZH
_PART_ZH = "凌晨|清晨|早上|早晨|上午|中午|正午|午后|下午|傍晚|晚上|夜里|夜间|深夜|今晨|今早|今晚|昨晚|昨夜|明早|明晚|晚|早"
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_CLOCK = re.compile(
    r"(?<!\d)(?<!\d:)(?<!\d\.)([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?\s?([ap]\.?m\b\.?)?(?![\d:%])",
    re.IGNORECASE,
)
_HOUR_EN = re.compile(
    r"(?<![\d.:])(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?\s?([ap]\.?m\b\.?)|"
    rf"\b(?:({'|'.join(w for w in _SMALL if w != 'zero')})|(1[0-2]|[1-9]))\s?(?:o'clock|o’clock)(?:\s?([ap]\.?m\b))?"
    r"|\b(noon|midday|midnight)\b|\b(half past|quarter past|quarter to) (\w+)\b",
    re.IGNORECASE,
)
_CLOCK_ZH = re.compile(
    rf"({_PART_ZH})?\s?(?<![\d.])(\d{{1,2}}|{_ZH})\s?(?:点钟?|时(?![间候段限常区长]))\s?(半|一刻|三刻|整|(?:(\d{{1,2}}|{_ZH})\s?分?(?!之))(?![\d个次名人小天点%]))?(?!\d)"
)
_PART_CLOCK = re.compile(rf"({_PART_ZH})\s?(?=\d{{1,2}}:\d\d)")
_DATE_ZH = re.compile(
    rf"(?:(\d{{4}}|[〇零一二三四五六七八九]{{4}})\s?年\s?)?(\d{{1,2}}|{_ZH})\s?月\s?(\d{{1,2}}|{_ZH})\s?[日号]"
)
_DAY_ZH = re.compile(r"(?<![\d月./:-])(\d{1,2})\s?[日号](?![\d楼会线机厅门信])")
_DATE_EN = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?(?:,? (\d{{4}}))?"
    rf"|\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}})\b)?",
    re.IGNORECASE,
)
_WEEKDAY_EN = re.compile(
    rf"\b(last |next |this |on )?({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(s?)\b",
    re.IGNORECASE,
)
_WEEKDAY_ZH = re.compile(r"(上|下|本|这|每)?(?:周|星期|礼拜)([一二三四五六日天])(?!期|次)")
_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "昨夜": -1,
    "今天": 0,
    "今日": 0,
    "今晨": 0,
    "今早": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "明晚": 1,
    "后天": 2,
    "大前天": -3,
}
_RELATIVE = re.compile("|".join(sorted(_DAYS, key=len, reverse=True)), re.IGNORECASE)
_PARTS = {
    "last night": (17 * 60, 30 * 60),
    "昨晚": (17 * 60, 30 * 60),
    "昨夜": (17 * 60, 30 * 60),
    "this morning": (0, 13 * 60),
    "今早": (0, 13 * 60),
    "今晨": (0, 10 * 60),
    "this afternoon": (12 * 60, 19 * 60),
    "this evening": (16 * 60, 24 * 60),
    "tonight": (16 * 60, 30 * 60),
    "今晚": (16 * 60, 30 * 60),
    "明早": (0, 13 * 60),
    "明晚": (16 * 60, 30 * 60),
}
_JOIN = re.compile(
    r"[\s,()]*(?:at|on|by|the|of|from|in|morning|afternoon|evening|(?:[A-Z]{2,5}|[A-Z][a-z]+)(?: time)?(?: on| of|,)?|周.|星期.|\(.{1,4}\)|的|当天|当日)?[\s,()]*",
    re.IGNORECASE,
)


def moments(text: str) -> list[Moment]:
    """In their order; a date and the clock time beside it are one moment."""
    found: list[Moment] = []
    for finder in (stamps, _dates, _clocks, _relative, _weekdays):
        for moment in finder(text):
            if not any(moment.start < f.end and f.start < moment.end for f in found):
                found.append(moment)
    return list(_joined(text, sorted(found, key=lambda m: m.start)))


def stamps(text: str) -> Iterator[Moment]:
    """Dates and times as machines write them (ISO 8601)."""
    for m in _ISO.finditer(text):
        minute = int(m[4]) * 60 + int(m[5]) if m[4] else None
        yield Moment(
            start=m.start(),
            end=m.end(),
            minute=minute,
            day=(int(m[1]), int(m[2]), int(m[3])),
            zone=m[6],
        )


def _dates(text: str) -> Iterator[Moment]:
    for m in _DATE_ZH.finditer(text):
        year = chinese(m[1]) if m[1] and not m[1].isdigit() else (int(m[1]) if m[1] else None)
        month, day = _number(m[2]), _number(m[3])
        if month and day and 1 <= month <= 12 and 1 <= day <= 31:
            yield Moment(start=m.start(), end=m.end(), day=(year, month, day))
    for m in _DATE_EN.finditer(text):
        name, number, said = (m[2], m[1], m[3]) if m[1] else (m[4], m[5], m[6])
        day = int(number)
        if 1 <= day <= 31 and (name[0].isupper() or name.lower() != "may"):
            yield Moment(
                start=m.start(),
                end=m.end(),
                day=(int(said) if said else None, _MONTHS[name.lower()], day),
            )
    for m in _DAY_ZH.finditer(text):
        if 1 <= int(m[1]) <= 31:
            yield Moment(start=m.start(), end=m.end(), day=(None, None, int(m[1])))


def _clocks(text: str) -> Iterator[Moment]:
    parts = {m.end(): (m.start(), m[1]) for m in _PART_CLOCK.finditer(text)}
    for m in _CLOCK.finditer(text):
        start, part = parts.get(m.start(), (m.start(), ""))
        hour = _hour(int(m[1]), (m[3] or "").lower(), part)
        yield Moment(
            start=start, end=m.end(), minute=(hour * 60 + int(m[2])) % 1440, days=_DAYS.get(part)
        )
    for m in _HOUR_EN.finditer(text):
        moment = _english_hour(m)
        if moment is not None:
            yield moment
    for m in _CLOCK_ZH.finditer(text):
        said, part = _number(m[2]), m[1] or ""
        if said is None or said > 24 or text[m.start() - 1 : m.start()] == "第":
            continue
        if m[2] in ("一", "几") and not part and not m[3]:
            continue  # `高一点`: a little
        rest = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}.get(m[3] or "整")
        minute = rest if rest is not None else _number(m[4] or "0")
        if minute is not None and minute < 60:
            half = not part and said <= 12 and not m[2].isdigit()
            at = (_hour(said, "", part) * 60 + minute) % 1440
            yield Moment(
                start=m.start(), end=m.end(), minute=at, days=_DAYS.get(part), half_day=half
            )


def _english_hour(m: re.Match[str]) -> Moment | None:
    if m[1]:
        minute = _hour(int(m[1]), m[3].lower(), "") * 60 + int(m[2] or 0)
        return Moment(start=m.start(), end=m.end(), minute=minute % 1440)
    if m[7]:
        at = 0 if m[7].lower() == "midnight" else 720
        return Moment(start=m.start(), end=m.end(), minute=at)
    if m[8]:
        hour = english(m[9]) if not m[9].isdigit() else int(m[9])
        if hour is None or not 1 <= hour <= 12:
            return None
        turn = {"half past": 30, "quarter past": 15, "quarter to": -15}[m[8].lower()]
        return Moment(start=m.start(), end=m.end(), minute=(hour * 60 + turn) % 1440, half_day=True)
    hour = (english(m[4]) or 0) if m[4] else int(m[5])
    at = _hour(hour, (m[6] or "").lower(), "") * 60
    return Moment(start=m.start(), end=m.end(), minute=at % 1440, half_day=not m[6])


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


def _relative(text: str) -> Iterator[Moment]:
    for m in _RELATIVE.finditer(text):
        words = m[0].lower()
        low, high = _PARTS.get(words, (None, None))
        yield Moment(start=m.start(), end=m.end(), days=_DAYS[words], minute=low, until=high)


def _weekdays(text: str) -> Iterator[Moment]:
    for m in _WEEKDAY_EN.finditer(text):
        name = m[2]
        # Only capitals: `sun` and `mon` are words and parts of words.
        if name[0].isupper() and not m[3]:
            yield Moment(start=m.start(2), end=m.end(), weekday=_WEEKDAYS[name.lower()])
    for m in _WEEKDAY_ZH.finditer(text):
        if m[1] != "每":
            yield Moment(start=m.start(), end=m.end(), weekday="一二三四五六日天".index(m[2]) % 7)


def _joined(text: str, found: list[Moment]) -> Iterator[Moment]:
    """What stands side by side and does not speak of the same part is one moment."""
    held: Moment | None = None
    for moment in found:
        if held is not None:
            gap = text[held.end : moment.start]
            if len(gap) <= 24 and _JOIN.fullmatch(gap) and _fits(held, moment):
                held = _merged(held, moment)
                continue
            yield held
        held = moment
    if held is not None:
        yield held


def _fits(one: Moment, other: Moment) -> bool:
    clocks = (
        one.minute is not None and one.until is None,
        other.minute is not None and other.until is None,
    )
    days = (
        one.day is not None or one.days is not None,
        other.day is not None or other.days is not None,
    )
    return (
        not all(clocks)
        and not all(days)
        and not (one.weekday is not None and other.weekday is not None)
    )


def _merged(one: Moment, other: Moment) -> Moment:
    clock = one if one.minute is not None and one.until is None else other
    if clock.minute is None:
        clock = one if one.minute is not None else other
    return replace(
        clock,
        start=one.start,
        end=other.end,
        day=one.day or other.day,
        weekday=one.weekday if one.weekday is not None else other.weekday,
        days=one.days if one.days is not None else other.days,
        zone=one.zone or other.zone,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese(text)
