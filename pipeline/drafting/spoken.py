"""How is a moment, a duration or a zone written for one reader? In words of the language, by code.

On the message's own day a time is a clock time; on any other day it carries weekday and date.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..domain.directory import Language

STEP = timedelta(minutes=5)
_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def rounded_down(moment: datetime, now: datetime | None = None) -> datetime:
    """A promised time, down to five minutes; to the minute when five would put it in the past."""
    minute = moment.replace(second=0, microsecond=0)
    down = minute - timedelta(minutes=minute.minute % 5)
    return minute if now is not None and down <= now else down


def at_clock(
    moment: datetime, now: datetime, zone: str, language: Language, *, dated: bool = False
) -> str:
    """`10:25` on the message's day in the reader's zone, else with weekday and date.

    A moment of midnight always carries its day, and so does one that is `dated`.
    """
    here, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    clock = f"{here:%H:%M}"
    if not dated and here.date() == today.date() and clock != "00:00":
        return clock
    year = "" if here.year == today.year else str(here.year)
    if language == "zh":
        year = f"{year} 年 " if year else ""
        return f"{year}{here.month} 月 {here.day} 日（周{_DAYS_ZH[here.weekday()]}）{clock}"
    month = _MONTHS_EN[here.month - 1][:3]
    day = f"{_DAYS_EN[here.weekday()][:3]} {here.day} {month}"
    return f"{day} {year}, {clock}" if year else f"{day}, {clock}"


def day_words(day: date, now: datetime, language: Language, *, ahead: bool = False) -> str:
    """`24 Aug`, with the year when it is another one; with `ahead` also when it is over, since a bare day
    would be taken for the next one of its name."""
    other = day.year != now.year or (ahead and day < now.date())
    if language == "zh":
        return f"{f'{day.year} 年 ' if other else ''}{day.month} 月 {day.day} 日"
    return f"{day.day} {_MONTHS_EN[day.month - 1][:3]}{f' {day.year}' if other else ''}"


def month_words(day: date, language: Language) -> str:
    """`August 2026`: a month always tells its year."""
    if language == "zh":
        return f"{day.year} 年 {day.month} 月"
    return f"{_MONTHS_EN[day.month - 1]} {day.year}"


def promised(moment: datetime, now: datetime, zone: str) -> datetime:
    """The instant that one reader is told: rounded down, and for midnight five minutes earlier."""
    down = rounded_down(moment, now)
    here = down.astimezone(ZoneInfo(zone))
    at_midnight = (here.hour, here.minute) == (0, 0)
    return down - STEP if at_midnight and down - STEP > now else down


def time_note(now: datetime, zone: str, language: Language) -> str:
    """Day and zone of a message, once: `以上时间为 8 月 24 日（周一），北京时间`."""
    here, where = now.astimezone(ZoneInfo(zone)), zone_words(now, zone, language)
    if language == "zh":
        day = f"{here.month} 月 {here.day} 日（周{_DAYS_ZH[here.weekday()]}）"
        return f"以上时间为 {day}，{where}"
    day = f"{_DAYS_EN[here.weekday()]} {here.day} {_MONTHS_EN[here.month - 1]}"
    return f"Times are {day}, {where}"


def zone_words(now: datetime, zone: str, language: Language) -> str:
    """What a zone is called at this moment: `北京时间`, `London (UTC+1)`."""
    place, offset = _place(zone, language), _offset(now.astimezone(ZoneInfo(zone)))
    if language == "zh":
        extra = "" if zone == "Asia/Shanghai" else f"（{offset}）"
        return f"{place}时间{extra}" if place else "协调世界时"
    return f"{place} ({offset})" if place else "UTC"


def duration(seconds: int, language: Language) -> str:
    """`1 小时 15 分`, `15 分钟`, `1 h 15 min`; whole minutes, and days beyond two days."""
    minutes = max(seconds, 0) // 60
    days, rest = divmod(minutes, 1440) if minutes >= 2880 else (0, minutes)
    hours, left = divmod(rest, 60)
    # Alone, `分` is a mark in a test.
    units = (
        ("天", "小时", "分" if days or hours else "分钟") if language == "zh" else ("d", "h", "min")
    )
    parts = [f"{n} {unit}" for n, unit in zip((days, hours, left), units, strict=True) if n]
    nothing = "不到 1 分钟" if language == "zh" else "under 1 min"
    return " ".join(parts) or nothing


def delay(after: timedelta, language: Language) -> str:
    """`24 小时`, `90 s`: what a rule waits, which is not always whole minutes."""
    seconds = after.total_seconds()
    if seconds % 60 == 0:
        return duration(int(seconds), language)
    return f"{seconds:g} {'秒' if language == 'zh' else 's'}"


def _offset(here: datetime) -> str:
    behind = here.utcoffset() or timedelta()
    sign, minutes = ("-" if behind < timedelta() else "+"), int(abs(behind).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"


_WRITTEN = {"Asia/Shanghai": {"zh": "北京", "en": "Beijing"}}


@lru_cache(maxsize=256)
def _place(zone: str, language: Language) -> str:
    """The zone's city as people call it; empty for UTC, which has none."""
    if zone in _WRITTEN:
        return _WRITTEN[zone][language]
    if (
        ZoneInfo(zone).utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta()
        and "/" not in zone
    ):
        return ""
    from babel.dates import (
        get_timezone_location,  # slow to import, and most zones are written above
    )

    return str(get_timezone_location(zone, locale=language, return_city=True))
