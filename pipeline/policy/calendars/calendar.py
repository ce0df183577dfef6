"""Which hours of a day are working time, as instants? By weekday, with the days that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ...domain.directory import Names
from .public_holidays import public_days

Span = tuple[int, int]
"""From and to, in minutes of the local day (0 to 1440)."""
Opening = tuple[datetime, datetime]
"""The same as instants, the end not included."""
DAY_LONG: tuple[Span, ...] = ((0, 1440),)
HORIZON = timedelta(days=3660)
"""No working time is looked for further away. Calendars are refused that could need more."""
_SECOND = timedelta(seconds=1)


class NoWorkingTime(ValueError):
    """The calendar does not hold so much time within its horizon."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Calendar:
    """`week` begins with Monday. What an administrator wrote about a `days` goes before the country's public
    holidays, these before the week; `moved` are the hours of a weekend that a country works."""

    id: str
    name: Names | None
    zone: str
    week: tuple[tuple[Span, ...], ...]
    moved: tuple[Span, ...] = ()
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    country: str | None = None
    region: str | None = None

    @property
    def is_always(self) -> bool:
        """True when every moment counts: then working time is time."""
        all_days = all(spans == DAY_LONG for spans in self.week)
        return all_days and not self.days and self.country is None

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """In order, and without overlap."""
        if day in self.days:
            return self.days[day]
        if self.country is not None:
            public = public_days(self.country, self.region, day.year)
            if day in public.worked:
                return self.moved
            if day in public.closed:
                return ()
        return self.week[day.weekday()]

    def openings(self, since: datetime) -> Iterator[Opening]:
        """From the day of `since` on, in order; those of that day before it included."""
        day = since.astimezone(ZoneInfo(self.zone)).date()
        last = day + HORIZON
        while day < last:
            yield from _openings_on(self, day)
            day += timedelta(days=1)


@lru_cache(maxsize=8192)
def _openings_on(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    """What a change of the clock swallowed is left out."""
    zone = ZoneInfo(calendar.zone)
    found = (
        (instant_of(day, begin, zone), instant_of(day, end, zone))
        for begin, end in calendar.hours_on(day)
    )
    return tuple((begin, end) for begin, end in found if begin < end)


def instant_of(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A local clock time as an instant: of two the first, and for one that a change of the clock skipped the
    moment of the change. So a later clock time is never an earlier instant."""
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    found = local.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == local:
        return found
    return _change_before(found, local.replace(tzinfo=zone, fold=1).astimezone(UTC), zone)


def _change_before(late: datetime, early: datetime, zone: ZoneInfo) -> datetime:
    """The instant between the two at which the clock was changed."""
    after = late.astimezone(zone).utcoffset()
    while late - early > _SECOND:
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late.replace(microsecond=0)
