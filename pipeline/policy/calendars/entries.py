"""How is a calendar written in a rule file? Nonsense is refused with a sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ...domain.directory import Names, Zone
from ..entries import Spec
from .calendar import DAY_LONG, Calendar, Span
from .public_holidays import refuse_unknown

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_RANGE, MOST_DAYS = 366, 1000
LEAST_OF_A_WEEK = 5 * 60
"""Minutes. With less, a limit could lie decades ahead."""
_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)", re.ASCII)
_COUNTRY = re.compile(r"([A-Z]{2})(?:/([A-Za-z0-9 -]{1,30}))?", re.ASCII)


def _span(written: object) -> Span:
    found = _SPAN.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise ValueError('hours are written like "09:00-18:00", in quotes')
    begin, end = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    if max(int(found[2]), int(found[4])) > 59 or max(begin, end) > 1440:
        raise ValueError(f"{written} names a time that no clock shows")
    if begin >= end:
        raise ValueError(
            f"{written} ends before it begins; a night is two entries, up to 24:00 and from 00:00"
        )
    return begin, end


def _in_order(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    ordered = sorted(spans)
    for one, other in pairwise(ordered):
        if other[0] < one[1]:
            raise ValueError(f"{_written(one)} and {_written(other)} overlap")
    # What touches is one: a working day without a break.
    joined: list[Span] = []
    for begin, end in ordered:
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _written(span: Span) -> str:
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in span)


def _hours(written: object) -> tuple[Span, ...]:
    if written == "closed":
        return ()
    if written == "all day":
        return DAY_LONG
    if not isinstance(written, Sequence) or isinstance(written, str):
        raise ValueError('is a list such as ["09:00-12:00", "13:30-18:00"], "all day" or "closed"')
    return _in_order(tuple(_span(one) for one in written))


Hours = Annotated[tuple[Span, ...], BeforeValidator(_hours)]


def _weekdays(written: object) -> list[int]:
    """`mon`, `mon-fri` or `sat, sun`."""
    found: list[int] = []
    for part in str(written).split(","):
        names = [name.strip() for name in part.split("-")]
        if len(names) > 2 or any(name not in WEEKDAYS for name in names):
            raise ValueError(
                f"{part.strip()} is not a weekday; they are {', '.join(WEEKDAYS)}, or mon-fri"
            )
        first, last = (WEEKDAYS.index(name) for name in (names[0], names[-1]))
        if first > last:
            raise ValueError(f"{part.strip()} runs backwards")
        found += range(first, last + 1)
    return found


def _week(written: object) -> tuple[tuple[Span, ...], ...]:
    if written == "always":
        return (DAY_LONG,) * 7
    if not isinstance(written, Mapping):
        raise ValueError('is "always", or weekdays with their hours')
    week: dict[int, tuple[Span, ...]] = {}
    for days, hours in written.items():
        for day in _weekdays(days):
            if day in week:
                raise ValueError(f"{WEEKDAYS[day]} has hours twice")
            week[day] = _hours(hours)
    found = tuple(week.get(day, ()) for day in range(7))
    if _minutes(found) < LEAST_OF_A_WEEK:
        raise ValueError("a week has less than five hours of work: nothing could ever be due")
    return found


def _minutes(week: Iterable[tuple[Span, ...]]) -> int:
    return sum(end - begin for spans in week for begin, end in spans)


class DayEntry(Spec):
    """A day, or all from one to another, with hours of their own; closed when it names none."""

    on: date = Field(alias="from")
    to: date | None = None
    hours: Hours = ()
    why: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _is_in_order(self) -> DayEntry:
        if self.to is not None and self.to < self.on:
            raise ValueError(f"{self.to} is before {self.on}")
        if len(self.days) > LONGEST_RANGE:
            raise ValueError(f"is longer than {LONGEST_RANGE} days")
        return self

    @property
    def days(self) -> list[date]:
        end = self.to or self.on
        span = min((end - self.on).days, LONGEST_RANGE) + 1
        return [self.on + timedelta(days=n) for n in range(span)]


class CalendarEntry(Spec):
    zone: Zone
    name: Names | None = None
    hours: Annotated[tuple[tuple[Span, ...], ...], BeforeValidator(_week)]
    holidays: str | None = None
    moved_days: Hours | None = None
    days: tuple[DayEntry, ...] = ()

    @field_validator("holidays")
    @classmethod
    def _is_a_country(cls, value: str | None) -> str | None:
        if value is not None:
            country, region = _country(value)
            refuse_unknown(country, region)
        return value

    @field_validator("days")
    @classmethod
    def _each_day_once(cls, entries: tuple[DayEntry, ...]) -> tuple[DayEntry, ...]:
        seen: set[date] = set()
        for entry in entries:
            for day in entry.days:
                if day in seen:
                    raise ValueError(f"{day} stands in two entries: one of them is wrong")
                seen.add(day)
        if len(seen) > MOST_DAYS:
            raise ValueError(f"names more than {MOST_DAYS} days; take out those that are long past")
        return entries

    @model_validator(mode="after")
    def _moves_days_of_a_country(self) -> CalendarEntry:
        if self.moved_days is not None and self.holidays is None:
            raise ValueError("moved_days are a country's: name it under holidays")
        return self

    def compiled(self, id_: str) -> Calendar:
        country, region = _country(self.holidays) if self.holidays else (None, None)
        usual = next(spans for spans in self.week if spans)
        return Calendar(
            id=id_,
            name=self.name,
            zone=self.zone,
            week=self.week,
            moved=usual if self.moved_days is None else self.moved_days,
            days={day: entry.hours for entry in self.days for day in entry.days},
            country=country,
            region=region,
        )

    @property
    def week(self) -> tuple[tuple[Span, ...], ...]:
        return self.hours


def _country(written: str) -> tuple[str, str | None]:
    found = _COUNTRY.fullmatch(written)
    if found is None:
        raise ValueError(f"{written} is not a country such as CN, GB or GB/ENG")
    return found[1], found[2]
