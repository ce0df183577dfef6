"""Which moments does a line name? Clock times, days and spans, resolved against the time at which it was said.

What may mean two moments is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ....domain.facts import ValueKind
from ....domain.times import require_aware
from ...conversation.stamps import Day, Stamp, stamp_at
from .span import Span
from .vocabulary import Vocabulary, amount

TIME, RESOLVED, DURATION = "time", "resolved_time", "duration"
UNCLEAR = "unclear"
"""Takes the place of a clock whose day nobody knows, so that no other reader finds the clock alone."""
_BEGINS = re.compile(r"(?<![^\W\u3400-\u9fff])(?<![.:：/-])(?=\d)|(?=[凌清早上中下傍晚])")
"""Not within a word or a number; Chinese has no blank before it: 预计11:30."""
_GLUE = re.compile(r"\s*(?:at|by|before|around|about|，|,)?\s*", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(
    r"(?<![\w.:/-])(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?) (?:on )?$",
    re.IGNORECASE,
)
_WEEKDAYS = {**{c: n for n, c in enumerate("一二三四五六日")}, "天": 6}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}
_JOINS = re.compile(r"\s*(?:and\s+|零|又)?")
_NOBODY_WAITS = timedelta(days=400)


def times_in(text: str, at: datetime | None, zone: ZoneInfo, words: Vocabulary) -> Iterator[Span]:
    """Moments and durations, the surest first. `at` is when it was said; without it only whole dates count."""
    yield from _relative_days(text, at, zone, words)
    yield from _clock_first(text, at, zone, words)
    yield from _stamps(text, at, zone)
    yield from _clocks(text, at, zone, words)
    yield from _lengths(text, at, words)


def is_relative(span: Span) -> bool:
    """Whether its words tell the moment only to those who know when they were said."""
    return span.attribute == RESOLVED


def _relative_days(
    text: str, at: datetime | None, zone: ZoneInfo, words: Vocabulary
) -> Iterator[Span]:
    """Tomorrow at 10, 明天下午三点, next Monday 9:00."""
    if at is None:
        return
    said_on = at.astimezone(zone).date()
    for found in words.day.finditer(text):
        day = _day_of(found, said_on, words)
        part = words.parts.get((found["word"] or "").lower(), "")
        start = _GLUE.match(text, found.end())
        clock = None if start is None else _clock_at(text, start.end(), part, words)
        if clock is not None:
            yield _on_day(day, clock[0], zone, found.start(), clock[1])


def _clock_first(
    text: str, at: datetime | None, zone: ZoneInfo, words: Vocabulary
) -> Iterator[Span]:
    """14:00 today, 9 am on Monday."""
    if at is None:
        return
    for found in words.day.finditer(text):
        before = _CLOCK_BEFORE.search(text[: found.start()])
        clock = _clock_at(text[: found.start()], before.start(), "", words) if before else None
        if before and clock is not None:
            day = _day_of(found, at.astimezone(zone).date(), words)
            yield _on_day(day, clock[0], zone, before.start(), found.end())


def _on_day(day: date | None, clock: time, zone: ZoneInfo, start: int, end: int) -> Span:
    moment = _instant(day, clock, zone) if day is not None else None
    if moment is None:
        return Span(start, end, UNCLEAR, ValueKind.TEXT, "")
    return Span(start, end, RESOLVED, ValueKind.TIME, moment)


def _day_of(found: re.Match[str], said_on: date, words: Vocabulary) -> date | None:
    if found["word"]:
        return said_on + timedelta(days=words.days[found["word"].lower()])
    name = found["weekday"].lower()
    number = _WEEKDAYS.get(name[-1])
    number = _ENGLISH.index(name[:3]) if number is None else number
    ahead = (number - said_on.weekday()) % 7
    if found["next"] and not name[0].isascii():
        # The week after this one, which begins on Monday.
        return said_on + timedelta(days=number - said_on.weekday() + 7)
    if found["next"] or ahead == 0:
        return None
    return said_on + timedelta(days=ahead)


def _clock_at(text: str, place: int, part: str, words: Vocabulary) -> tuple[time, int] | None:
    """The time of day that begins here, in the part of the day that was named before."""
    spoken = words.clock.match(text, place)
    if spoken is not None:
        clock = _spoken(spoken, part)
        return None if clock is None else (clock, spoken.end())
    found = stamp_at(text, place)
    if found is None or found[0].clock is None or found[0].day is not None:
        return None
    stamp, end = found
    if not stamp.possible or stamp.zone is not None:
        return None
    hour, minute, second, _ = stamp.clock or (0, 0, 0, 0)
    if part == "下午" and hour < 12 and hour:
        hour += 12
    if part == "晚上" and 5 <= hour < 12:
        hour += 12
    return time(hour, minute, second), end


def _spoken(found: re.Match[str], part: str) -> time | None:
    """三点半, 下午3点: None where morning and afternoon are both possible."""
    hour = int(amount(found["hour"]))
    minute = found["minute"]
    minutes = 0 if minute is None else _QUARTERS.get(minute, int(amount(minute)))
    mark = found["mark"] or part
    if hour > 24 or minutes > 59:
        return None
    if not mark and 0 < hour < 8:
        return None
    stamp = stamp_at(f"{mark}{hour % 24}:{minutes:02d}")
    if stamp is None or stamp[0].clock is None or not stamp[0].possible:
        return None
    return time(stamp[0].clock[0], stamp[0].clock[1])


def _stamps(text: str, at: datetime | None, zone: ZoneInfo) -> Iterator[Span]:
    """10:32, 3 pm, 8月24日 10:32, 2026-08-24T10:32+08:00."""
    place = 0
    for begin in _BEGINS.finditer(text):
        if begin.start() < place:
            continue
        found = stamp_at(text, begin.start())
        if found is None or found[0].clock is None:
            continue
        stamp, end = found
        moment = _moment(stamp, at, zone)
        if moment is not None and _is_clock(text[begin.start() : end]):
            written = text[begin.start() : end].rstrip()
            yield Span(begin.start(), begin.start() + len(written), TIME, ValueKind.TIME, moment)
        place = end


def _is_clock(written: str) -> bool:
    """Figures with a colon, a date or a half of the day; what is spoken is read elsewhere, and 2分 is none."""
    return (
        any(mark in written for mark in ":：月")
        or re.search(r"[ap]\.?m", written.lower()) is not None
    )


def _moment(stamp: Stamp, at: datetime | None, zone: ZoneInfo) -> datetime | None:
    if not stamp.possible or stamp.clock is None or isinstance(stamp.zone, str):
        return None
    hour, minute, second, _ = stamp.clock
    day = _calendar_day(stamp, at, zone)
    if day is None:
        return None
    if stamp.zone is not None:
        moment = datetime.combine(day, time(hour, minute, second), UTC)
        return _checked(moment - timedelta(minutes=stamp.zone))
    return _instant(day, time(hour, minute, second), zone)


def _calendar_day(stamp: Stamp, at: datetime | None, zone: ZoneInfo) -> date | None:
    local = at.astimezone(zone).date() if at is not None else None
    if stamp.day is None:
        return local
    if not isinstance(stamp.day, Day):
        return None
    year = stamp.day.year or (local.year if local else None)
    try:
        return date(year, stamp.day.month, stamp.day.day) if year else None
    except ValueError:
        return None


def _clocks(text: str, at: datetime | None, zone: ZoneInfo, words: Vocabulary) -> Iterator[Span]:
    """下午三点半, which figures alone do not tell."""
    if at is None:
        return
    for found in words.clock.finditer(text):
        clock = _spoken(found, "")
        moment = None if clock is None else _instant(at.astimezone(zone).date(), clock, zone)
        if moment is not None:
            yield Span(found.start(), found.end(), TIME, ValueKind.TIME, moment)


def _lengths(text: str, at: datetime | None, words: Vocabulary) -> Iterator[Span]:
    """40 分钟 is a duration; 40 分钟后 and in 40 minutes are moments."""
    for start, stop, seconds in _joined(text, words):
        if not 0 < seconds <= _NOBODY_WAITS.total_seconds():
            continue
        lead = words.lead.search(text[:start])
        after, ago = words.after.match(text, stop), words.before.match(text, stop)
        end = after or ago
        moment = None
        if at is not None and (end or lead):
            moment = _checked(at + timedelta(seconds=-seconds if ago and not after else seconds))
        if moment is None:
            yield Span(start, stop, DURATION, ValueKind.DURATION, seconds)
        else:
            first, last = lead.start() if lead else start, end.end() if end else stop
            yield Span(first, last, RESOLVED, ValueKind.TIME, moment)


def _joined(text: str, words: Vocabulary) -> Iterator[tuple[int, int, int]]:
    """Where each length of time begins and ends, and its seconds; 2 h 15 min is one."""
    last: tuple[int, int, int] | None = None
    for found in words.length.finditer(text):
        if text[found.start() - 1 : found.start()] in tuple(".:：-/"):
            continue
        count = amount(found["n"]) + (0.5 if found["and"] or found["more"] else 0)
        seconds = round(count * words.units[found["unit"].lower()])
        if last is not None and _JOINS.fullmatch(text, last[1], found.start()):
            last = (last[0], found.end(), last[2] + seconds)
            continue
        if last is not None:
            yield last
        last = (found.start(), found.end(), seconds)
    if last is not None:
        yield last


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """None for an hour that clocks leapt over."""
    local = datetime.combine(day, clock, zone)
    back = local.astimezone(UTC).astimezone(zone)
    return _checked(local) if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None


def _checked(moment: datetime) -> datetime | None:
    try:
        return require_aware(moment)
    except (ValueError, OverflowError):
        return None
