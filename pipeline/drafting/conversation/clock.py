"""When was each message written? Times in words are resolved with the log around them, and never made up.

Days come from the time itself, from the date line above, or from the step past midnight; zones from the
time, the log or the reader. Where two moments fit, the answer is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise

from ...domain.times import require_aware
from .entry import Entry
from .line import Problem, ProblemKind
from .stamps import Ago, Day, Figures, Stamp, Weekday

NEXT_DAY = timedelta(hours=12)
"""A clock that falls by more than this has passed midnight."""
DISORDER = timedelta(hours=3)
"""One that falls by less was written down late; in between nobody can tell."""
AHEAD = timedelta(days=1)
"""No log is from the future, but zones and clocks differ."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`assumed` says that the day is not in the log."""

    at: datetime | None
    assumed: bool = False


_UNKNOWN = Moment(None)


def moments(
    entries: Sequence[Entry], *, now: datetime, zone: tzinfo, month_first: bool | None
) -> tuple[list[Moment], list[Problem]]:
    """One for each entry, in UTC, and what was unclear. `zone` is the reader's, and that of times which
    name none; `now` the moment of reading, from which yesterday and missing years are counted."""
    stamps = [entry.stamp if entry.at is None else None for entry in entries]
    reckoning = _Reckoning(now.astimezone(zone), zone, _figures_order(stamps, month_first))
    reckoning.descending = _descends(stamps)
    backwards = reckoning.descending and not any(s and s.day for s in stamps)
    order = list(range(len(entries)))
    if backwards:
        order.reverse()
    found: list[Moment] = [_UNKNOWN] * len(entries)
    for place in order:
        stamp, entry = stamps[place], entries[place]
        if entry.at is not None:
            found[place] = Moment(_instant(entry.at))
        elif stamp is not None:
            reckoning.take(place, stamp)
    for place, moment in reckoning.settled():
        found[place] = moment
    return found, _problems(entries, found, now)


class _Reckoning:
    """Goes through a log once, with the day and the clock that it has reached."""

    def __init__(self, now: datetime, zone: tzinfo, month_first: bool | None) -> None:
        self.now = now
        self.zone: tzinfo = zone
        self.log_zone: int | str | None = None
        self.month_first = month_first
        self.descending = False
        self.day: date | None = None
        self.near = False
        """Its day came with the last message, in a short form: chats write a clock alone for today."""
        self.near_is_told = False
        self.assumed = False
        self.dated = False
        self.last: timedelta | None = None
        self.previous: datetime | None = None
        self.done: list[tuple[int, Moment]] = []
        self.floating: list[tuple[int, int, Stamp]] = []
        """Times of day before any date: place, days after the first, and what was written."""
        self.turns = 0

    def take(self, place: int, stamp: Stamp) -> None:
        if stamp.day is None and stamp.clock is None:
            self.log_zone = stamp.zone
            return
        if stamp.day is not None:
            self._date(self._day_of(stamp.day))
            self.near_is_told = isinstance(stamp.day, (Ago, Weekday))
            short = isinstance(stamp.day, (Day, Figures)) and stamp.day.year is None
            self.near = stamp.clock is not None and (short or self.near_is_told)
        if stamp.clock is None:
            return
        if not stamp.possible:
            self.done.append((place, _UNKNOWN))
            return
        if stamp.day is None:
            self._turn(_of_day(stamp))
            self.assumed = self._after_near(stamp) or self.assumed
        self.last = _of_day(stamp)
        if self.day is not None:
            self.done.append((place, Moment(self._at(self.day, stamp), self.assumed)))
        elif not self.dated:
            self.floating.append((place, self.turns, stamp))

    def settled(self) -> list[tuple[int, Moment]]:
        """All that were resolved. A log without a single date is taken to end at the moment of reading."""
        if self.floating and not self.dated:
            latest = max(_of_day(stamp) for _, turn, stamp in self.floating if turn == self.turns)
            today = self.now.date()
            now = timedelta(hours=self.now.hour, minutes=self.now.minute + 5)
            last = today if latest <= now else today - timedelta(days=1)
            first = last - timedelta(days=self.turns)
            self.previous = None
            for place, turn, stamp in self.floating:
                at = self._at(first + timedelta(days=turn), stamp) if turn >= 0 else None
                self.done.append((place, Moment(at, assumed=at is not None)))
        return self.done

    def _date(self, day: date | None) -> None:
        self.dated = True
        self.day, self.last, self.assumed = day, None, False

    def _turn(self, clock: timedelta) -> None:
        """What a clock that goes back says of the day."""
        fall = self.last - clock if self.last is not None else timedelta()
        if self.descending or fall < DISORDER:
            return
        if fall >= NEXT_DAY:
            self.turns += 1
            self.day = _later(self.day)
        elif self.dated:
            self.day = None
        else:
            # Of the pieces that cannot be joined only the last one ends at the moment of reading.
            self.floating = [(place, -1, stamp) for place, _, stamp in self.floating]
            self.turns = 0

    def _after_near(self, stamp: Stamp) -> bool:
        """A clock alone below "yesterday 10:32" is today's, if that has been; below "8/23 10:32" it may be
        of that day as well. True when the day was taken from the moment of reading."""
        if not self.near or self.day is None or self.day == self.now.date():
            return False
        told, self.near = self.near_is_told, False
        has_been = _of_day(stamp) <= timedelta(hours=self.now.hour, minutes=self.now.minute + 5)
        self.day = self.now.date() if told and has_been else None
        return self.day is not None

    def _day_of(self, day: Day | Figures | Ago | Weekday) -> date | None:
        today = self.now.date()
        match day:
            case Day():
                return self._dated(day.year, day.month, day.day)
            case Ago():
                return today - timedelta(days=day.days)
            case Weekday():
                back = (today.weekday() - day.number) % 7
                return today - timedelta(days=back) if back else None
            case Figures():
                return self._figures(day)

    def _figures(self, day: Figures) -> date | None:
        month_first = self._dated(day.year, day.first, day.second)
        day_first = self._dated(day.year, day.second, day.first)
        if month_first == day_first or day_first is None:
            return month_first
        if month_first is None:
            return day_first
        if self.month_first is not None:
            return month_first if self.month_first else day_first
        latest = self.now.date() + AHEAD
        past = [one for one in (month_first, day_first) if one <= latest]
        return past[0] if day.year and len(past) == 1 else None

    def _dated(self, year: int | None, month: int, day: int) -> date | None:
        """Without a year the latest such day; a day that no calendar has is None."""
        today = self.now.date()
        years = [year] if year else [today.year + 1 - back for back in range(10)]
        for one in years:
            try:
                found = date(one, month, day)
            except ValueError:
                continue
            if year or found <= today + AHEAD:
                return found
        return None

    def _at(self, day: date, stamp: Stamp) -> datetime | None:
        hour, minute, second, part = stamp.clock or (0, 0, 0, 0)
        local = datetime(day.year, day.month, day.day, hour, minute, second, part)  # noqa: DTZ001  its zone is found next
        zone = self._zone_of(stamp.zone if stamp.zone is not None else self.log_zone, local)
        if zone is None:
            return None
        at = _placed(local, zone, self.previous)
        self.previous = at or self.previous
        return at

    def _zone_of(self, written: int | str | None, local: datetime) -> tzinfo | None:
        if written is None:
            return self.zone
        if isinstance(written, str):
            return self.zone if local.replace(tzinfo=self.zone).tzname() == written else None
        if abs(written) >= 24 * 60:
            return None
        return timezone(timedelta(minutes=written))


def _placed(local: datetime, zone: tzinfo, previous: datetime | None) -> datetime | None:
    """The instant of a local time; None for an hour that clocks leapt over. Of an hour that came twice
    the one that the log's order asks for."""
    try:
        at = local.replace(tzinfo=zone).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) != local:
            return None
        if previous is not None and at < previous:
            again = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
            at = again if previous <= again else at
    except (OverflowError, ValueError):
        return None
    return _instant(at)


def _instant(at: datetime) -> datetime | None:
    try:
        return require_aware(at)
    except (ValueError, OverflowError):
        return None


def _later(day: date | None) -> date | None:
    try:
        return None if day is None else day + timedelta(days=1)
    except OverflowError:
        return None


def _of_day(stamp: Stamp) -> timedelta:
    hour, minute, second, part = stamp.clock or (0, 0, 0, 0)
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=part)


def _figures_order(stamps: Sequence[Stamp | None], said: bool | None) -> bool | None:
    """Whether months stand first: what a figure above 12 proves, then what the program is known for."""
    figures = [s.day for s in stamps if s is not None and isinstance(s.day, Figures)]
    month_first = any(day.second > 12 for day in figures)
    day_first = any(day.first > 12 for day in figures)
    if month_first != day_first:
        return month_first
    return None if month_first else said


def _descends(stamps: Sequence[Stamp | None]) -> bool:
    """Whether a log runs from the newest down, by most of its steps."""
    clocks = [_of_day(s) for s in stamps if s is not None and s.clock and s.possible]
    steps = [after - before for before, after in pairwise(clocks)]
    down = sum(1 for step in steps if -NEXT_DAY < step < timedelta())
    up = sum(1 for step in steps if timedelta() < step < NEXT_DAY)
    return down >= 2 and down > 2 * up


def _problems(entries: Sequence[Entry], found: Sequence[Moment], now: datetime) -> list[Problem]:
    kind = ProblemKind
    unclear = [e.written for e, m in zip(entries, found, strict=True) if e.written and not m.at]
    told = [e for e in entries if e.stamp is not None and e.at is None and e.stamp.clock]
    assumed = sum(1 for moment in found if moment.assumed)
    ahead = sum(1 for moment in found if moment.at and moment.at > now + AHEAD)
    offsets = {e.stamp.zone for e in told if e.stamp}
    problems = [
        (kind.TIME_UNCLEAR, len(unclear), unclear[0] if unclear else ""),
        (kind.DAY_ASSUMED, assumed, ""),
        (kind.IN_FUTURE, ahead, ""),
        (kind.TWO_ZONES, len(offsets) if len(offsets) > 1 else 0, ""),
        (kind.NO_TIMES, int(bool(entries) and not any(m.at for m in found) and not unclear), ""),
    ]
    return [Problem(kind=k, count=count, of=of) for k, count, of in problems if count]
