"""Which moments does a sentence name? Clock times, dates, weekdays and parts of days, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .atoms import Moment
from .clocks import clocks
from .dates import dates, relative, weekdays

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_JOIN = re.compile(
    r"[\s,()]*(?:at|on|by|the|of|from|in|morning|afternoon|evening|(?:[A-Z]{2,5}|[A-Z][a-z]+)(?: time)?(?: on| of|,)?|周.|星期.|\(.{1,4}\)|的|当天|当日)?[\s,()]*",
    re.IGNORECASE,
)


def moments(text: str) -> list[Moment]:
    """In their order; a date and the clock time beside it are one moment."""
    found: list[Moment] = []
    for finder in (stamps, dates, clocks, relative, weekdays):
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
        _in_part(clock, other if clock is one else one),
        start=one.start,
        end=other.end,
        day=one.day or other.day,
        weekday=one.weekday if one.weekday is not None else other.weekday,
        days=one.days if one.days is not None else other.days,
        zone=one.zone or other.zone,
    )


def _in_part(clock: Moment, part: Moment) -> Moment:
    """`11:48 last night`, `four this afternoon`: of the two hours the one in that part of the day."""
    if part.until is None or part.minute is None or clock.minute is None or clock.minute >= 720:
        return clock
    late = clock.minute + 720
    if part.minute <= late <= part.until and not part.minute <= clock.minute <= part.until:
        return replace(clock, minute=late, half_day=False)
    return replace(clock, half_day=clock.half_day and late <= part.until)
