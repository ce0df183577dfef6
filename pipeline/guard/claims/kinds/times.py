"""Is every moment one of the record, in its zone, and the moment of what it is told of?

A clock time matches when some recorded moment shows it in the zone that the text names, or, where it
names none, in a zone in which the record is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from ..atoms import Moment
from ..claim import Claim, Told, because
from ..index import Known
from ..instants import zone_of
from ..numerals import english
from ..occasions import told_otherwise
from ..places import places
from ..reading import offset_at
from ..statements import Statement

KIND = "time"
ZONE = "zone"
_LOOSE = re.compile(
    r"\b(?:about|around|roughly|approximately|circa|some time|shortly|just|nearly|almost|towards|close to)\b[^.;]{0,14}$|(?:约|大约|大概|近|将近|接近)\s?$",
    re.IGNORECASE,
)
_LOOSE_AFTER = re.compile(r"\s?(?:左右|许|前后|多|出头|刚过|过后不久|or so\b|or thereabouts|-ish)")
_SOON = re.compile(r"\b(?:shortly|just|soon) after\b[^.;]{0,6}$|刚过\s?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:shortly|just) before\b[^.;]{0,6}$|将近\s?$", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:这边|那边|这里|那里|当地)?[的是为]?\s?$")
_NUMBERED = re.compile(r"(\d{1,2})\s?号")
_TIMES = re.compile(
    r"\b(?:all|the|these|every) times?\b|\btimes (?:are|given|shown|in)\b|时间", re.IGNORECASE
)


def times(told: Told) -> Iterator[Claim]:
    yield from _note(told)
    for moment in told.reading.moments:
        if moment.minute is None and moment.day is None and moment.weekday is None:
            yield from _to_come(told, moment)
            continue  # a bare "today"
        yield from _judged(told, moment)


def _to_come(told: Told, moment: Moment) -> Iterator[Claim]:
    """`tomorrow`, 后天: a day to come needs something that is recorded for it."""
    if moment.days is None or moment.days < 1 or told.is_advice(moment.start):
        return
    base = told.index.record.now
    days = {
        (k.at.astimezone(base.tzinfo).date() - base.date()).days
        for k in told.index.moments
        if not k.own
    }
    if days and max(days) > 0 and moment.days not in days:
        reason = because("claim_no_such_day")
        yield told.unsupported(KIND, moment.start, moment.end, reason)


def _note(told: Told) -> Iterator[Claim]:
    """`All times are UTC`: then the text's times without a zone must be those of the record there."""
    reading = told.reading
    marks = reading.within(reading.whole, "zones")
    if len(marks) != 1 or told.moments_in(reading.whole) or not _TIMES.search(reading.text):
        return
    offset = offset_at(reading.text, marks[0].start)
    zone = zone_of(offset or marks[0].entry.key)
    bare = [m for r in told.text for m in r.moments if m.minute is not None and m.until is None]
    bare = [m for m in bare if m.zone is None and _matching(told, m, _default_zones(told))]
    if zone and any(not _matching(told, m, [zone]) for m in bare):
        reason = because("claim_zone_of_all")
        yield told.contradicted(ZONE, marks[0].start, marks[0].end, [], reason)


def _judged(told: Told, moment: Moment) -> Iterator[Claim]:
    named = zone_of(moment.zone)
    zones = [named] if named else _default_zones(told)
    found = _matching(told, moment, zones)
    if not found and not named:
        found = _matching(told, moment, [*_noted(told), *_beside(told, moment)])
    if not found:
        yield from _missing(told, moment, named)
        return
    wrong = told_otherwise(told, moment, found)
    if wrong:
        yield told.contradicted(
            KIND,
            moment.start,
            moment.end,
            [k.statement for k in wrong],
            because("claim_other_moment"),
        )
    else:
        yield told.supported(
            KIND, moment.start, moment.end, [k.statement for k in _ordered(told, moment, found)]
        )


def _missing(told: Told, moment: Moment, named: tzinfo | None) -> Iterator[Claim]:
    if moment.half_day and moment.day is None and _is_number(told, moment):
        return  # `the alarm trips at ten`
    if moment.minute is None and _is_numbered(told, moment):
        return  # 17 号平板
    if expected := _expected(told, moment):
        yield told.supported(KIND, moment.start, moment.end, expected)
    elif named is not None and _matching(told, moment, _default_zones(told)):
        yield told.contradicted(ZONE, moment.start, moment.end, [], because("claim_zone"))
    elif moment.until is not None or (
        moment.weekday is not None and moment.minute is None and moment.day is None
    ):
        yield from _vague(told, moment)
    else:
        yield told.unsupported(KIND, moment.start, moment.end, because("claim_no_moment"))


def _is_numbered(told: Told, moment: Moment) -> bool:
    """A number with 号 that says which one, as the record does with the same number."""
    said = _NUMBERED.fullmatch(told.reading.text, moment.start, moment.end)
    return said is not None and any(q.value == float(said[1]) for q, _ in told.index.quantities)


def _expected(told: Told, moment: Moment) -> list[Statement]:
    """When something that was begun should end, by the length that the record expects of it."""
    return [
        s
        for q, s in told.index.lastings
        if s.attribute.startswith("expected")
        for zone in _default_zones(told)
        if _clock_fits(told, moment, (s.at + timedelta(seconds=q.seconds)).astimezone(zone))
    ]


def _is_number(told: Told, moment: Moment) -> bool:
    words = told.reading.text[moment.start : moment.end]
    value = english(words)
    return value is not None and any(q.value == value for q, _ in told.index.quantities)


def _vague(told: Told, moment: Moment) -> Iterator[Claim]:
    """`tonight`, told as a line of that evening tells it."""
    for statement in told.index.statements:
        if moment.days is not None and any(
            (m.days, m.until) == (moment.days, moment.until) for m in statement.reading.moments
        ):
            yield told.supported(KIND, moment.start, moment.end, [statement])
            return
    yield told.unsupported(KIND, moment.start, moment.end, because("claim_nothing_of_day"))


def _ordered(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    keys = told.reading.keys_in(told.reading.clause(moment.start))
    return sorted(found, key=lambda k: -len(keys & k.statement.keys))


def _default_zones(told: Told) -> list[tzinfo]:
    return told.index.zones


def _beside(told: Told, moment: Moment) -> list[tzinfo]:
    """北京这边 23:30, 悉尼的正午: a place right before a time may say by which clock it is told."""
    before = _PLACE_BEFORE.search(told.reading.text, 0, moment.start)
    name = before[1] if before else ""
    place = next((p for n in range(len(name) - 1) if (p := places().get(name[n:]))), None)
    zone = zone_of(place.zone) if place else None
    return [zone] if zone else []


def _noted(told: Told) -> list[tzinfo]:
    return [z for z in map(zone_of, told.zones) if z is not None]


def _matching(told: Told, moment: Moment, zones: list[tzinfo]) -> list[Known]:
    found: dict[int, Known] = {}
    for zone in zones:
        for known, here in told.index.clocks(zone):
            if _is(told, moment, known, here, zone):
                found[id(known)] = known
    return list(found.values())


def _is(told: Told, moment: Moment, known: Known, here: datetime, zone: tzinfo) -> bool:
    if moment.until is not None and not known.has_minute:
        return _day_fits(told, moment, known, here, zone)  # `last night`, as the record says too
    if moment.minute is not None and (not known.has_minute or not _clock_fits(told, moment, here)):
        return False
    return _day_fits(told, moment, known, here, zone)


def _clock_fits(told: Told, moment: Moment, here: datetime) -> bool:
    said = moment.minute or 0
    at = here.hour * 60 + here.minute
    if moment.until is not None:
        return said <= at <= moment.until or said <= at + 1440 <= moment.until
    apart = (at - said + 720) % 1440 - 720
    if moment.half_day:
        apart = (apart + 360) % 720 - 360
    text = told.reading.text
    spoken = moment.half_day and ":" not in text[moment.start : moment.end]
    if spoken and said % 15 == 0 and abs(apart) <= 2:
        return True  # `half past ten` is seldom said to the minute
    if apart == 0 or abs(apart) > 15:
        return apart == 0
    before, after = (
        text[max(0, moment.start - 24) : moment.start],
        text[moment.end : moment.end + 12],
    )
    if _SOON.search(before) or (
        _LOOSE_AFTER.match(after) and after.strip().startswith(("多", "出头", "刚过"))
    ):
        return 0 <= apart <= 15
    if _BEFORE.search(before):
        return -15 <= apart <= 0
    if _LOOSE.search(before) or _LOOSE_AFTER.match(after):
        return said % 5 == 0 and abs(apart) <= (
            12 if said % 60 == 0 else 7 if said % 15 == 0 else 4
        )
    return False


def _day_fits(told: Told, moment: Moment, known: Known, here: datetime, zone: tzinfo) -> bool:
    days = [here.date()]
    if not known.sure_day:
        days.append(here.date() - timedelta(days=1))
    if moment.day is not None:
        year, month, day = moment.day
        return any(
            d.day == day and month in (None, d.month) and year in (None, d.year) for d in days
        ) and (moment.weekday is None or any(d.weekday() == moment.weekday for d in days))
    if moment.days is not None:
        base = told.index.record.now.astimezone(zone).date() + timedelta(days=moment.days)
        if moment.until is not None and here.hour < 6:
            days.append(here.date() - timedelta(days=1))
        return base in days or (
            moment.until is not None
            and moment.until > 1440
            and base + timedelta(days=1) in days
            and here.hour < 6
        )
    return moment.weekday is None or any(d.weekday() == moment.weekday for d in days)
