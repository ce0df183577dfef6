"""Which time do these figures and words name? Read as written, in Chinese and English, not yet resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .time_words import firsts, marks, months, patterns, weekdays
from .words import words

LONGEST = 120
"""Characters of a written time; what follows is not looked at."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date; without `year` the latest such day is meant."""

    year: int | None
    month: int
    day: int


UNKNOWN = Day(None, 0, 0)
"""A day that no calendar has: what follows it is of no known day."""


@dataclass(frozen=True, slots=True)
class Figures:
    """3/4/2026: which of the two is the month is not written."""

    first: int
    second: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Ago:
    """A day counted back from that of reading."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """The latest such day before that of reading; 0 is Monday."""

    number: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """`clock` is hour, minute, second and microsecond, None when only a day is told. `possible` is False
    for figures that no clock shows. `zone` is an offset in minutes, or a name such as CST."""

    written: str
    day: Day | Figures | Ago | Weekday | None = None
    clock: tuple[int, int, int, int] | None = None
    zone: int | str | None = None
    possible: bool = True


_LONG = 6
"""Letters of a weekday that is no short form."""
_GLUE = re.compile(r"[\s,，]*(?:\b(?:at|um)\b\s*)?")
_CLOSED = re.compile(r"\s*(?:$|[\]\)）】,，:：|—–-])", re.MULTILINE)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")


def stamp_at(text: str, start: int = 0) -> tuple[Stamp, int] | None:
    """The time that is written from `start` on and where it ends, or None. Day, weekday, clock and zone
    may stand in any order that people use; at least a day or a clock is needed."""
    if text[start : start + 1] not in firsts():
        return None
    found = _Scan(text[start : start + LONGEST])
    found.run()
    if found.day is None and found.clock is None:
        return None
    written = found.text[: found.end].strip()
    clock = found.clock
    stamp = Stamp(
        written=written, day=found.day, clock=clock, zone=found.zone, possible=found.possible
    )
    return stamp, start + found.end


def dated_stamp(text: str) -> Stamp | None:
    """The time at the beginning, if it brings a date of its own: where no log stands around it, nobody
    knows of which day a clock is, or whose yesterday is meant."""
    found = stamp_at(text.strip())
    return found[0] if found is not None and isinstance(found[0].day, (Day, Figures)) else None


def days_in(text: str) -> set[Day]:
    """The dates of a calendar that stand anywhere in these words."""
    found: set[Day] = set()
    place = 0
    while place < len(text):
        begins = not text[place - 1 : place].isalnum() or not text[place - 1 : place].isascii()
        stamp = stamp_at(text, place) if begins or place == 0 else None
        if stamp is not None and isinstance(stamp[0].day, Day):
            found.add(stamp[0].day)
        place = stamp[1] if stamp is not None else place + 1
    return found


class _Scan:
    """One pass over the beginning of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        self.day: Day | Figures | Ago | Weekday | None = None
        self.clock: tuple[int, int, int, int] | None = None
        self.zone: int | str | None = None
        self.possible = True

    def run(self) -> None:
        while self._zone() or self._clock() or self._date() or self._weekday():
            pass

    def _place(self) -> int:
        # A date and its time may stand side by side with a T between.
        if self.end and self.text[self.end : self.end + 1] == "T":
            return self.end + 1
        glue = _GLUE.match(self.text, self.end) if self.end else None
        return glue.end() if glue else self.end

    def _date(self) -> bool:
        if self.day is not None and not isinstance(self.day, Weekday):
            return False
        found = patterns().date.match(self.text, self._place())
        if found is None or (self.clock and found["a"] and not found["y3"]):
            return False  # after a clock, 3-4 is a count rather than a date
        self.day, self.end = _day(found), found.end()
        return True

    def _weekday(self) -> bool:
        found = patterns().weekday.match(self.text, self._place())
        if found is None or self.clock is not None or isinstance(self.day, Weekday):
            return False
        before = self.end, self.day
        self.end = found.end()
        if self.day is None:
            self.day = Weekday(weekdays()[found["name"].casefold()])
        # Sun and May are people as well: alone they are no time.
        alone = found[0] == self.text and (len(found[0]) >= _LONG or not found[0].isascii())
        closed = before[1] is not None and _CLOSED.match(self.text, self.end) is not None
        if self._clock() or self._date() or closed or alone:
            return True
        self.end, self.day = before
        return False

    def _clock(self) -> bool:
        if self.clock is not None:
            return False
        found = patterns().clock.match(self.text, self._place())
        if found is None:
            return False
        self.end = found.end()
        self.clock, self.possible = _clock(found)
        return True

    def _zone(self) -> bool:
        if self.zone is not None:
            return False
        found = patterns().zone.match(self.text, self.end)
        if found is not None and (self.clock or self.end == 0 or self.day):
            self.zone, self.end = _zone(found[0]), found.end()
            return True
        return self._range()

    def _range(self) -> bool:
        found = patterns().range_end.match(self.text, self.end) if self.clock else None
        if found is not None:
            self.end = found.end()
        return found is not None


def _day(found: re.Match[str]) -> Day | Figures | Ago:
    part = found.groupdict()
    for n in "1246":
        month = part.get(f"m{n}") or part.get(f"n{n}")
        if month is not None:
            return _named(part.get(f"y{n}"), month, part[f"d{n}"] or "")
    if part["n5"]:
        return _named(part["y5"], part["n5"], part["d5"] or "")
    if part["ago"]:
        days = next(
            n for n, each in words()["days_ago"].items()
            if part["ago"].casefold() in (word.casefold() for word in each)
        )  # fmt: skip
        return Ago(int(days))
    year = part["y3"]
    whole = int(year) + (2000 if len(year) == 2 else 0) if year else None
    return Figures(int(part["a"] or 0), int(part["b"] or 0), whole)


def _named(year: str | None, month: str, day: str) -> Day:
    number = int(month) if month.isdigit() else months()[month.casefold()]
    return Day(int(year) if year else None, number, int(day))


def _clock(found: re.Match[str]) -> tuple[tuple[int, int, int, int], bool]:
    hour = int(found["hour"])
    minute = int(found["minute"] or found["minute2"] or 0)
    second = int(found["second"] or found["second2"] or 0)
    part = int((found["part"] or "0").ljust(6, "0")[:6])
    mark = marks().get((found["before"] or found["after"] or found["after2"] or "").casefold(), "")
    turned = _of_day(hour, mark)
    possible = turned is not None and minute < 60 and second < 60
    return (hour if turned is None else turned, minute, second, part), possible


def _of_day(hour: int, mark: str) -> int | None:
    """The hour from 0 to 23 that a half of the day makes of it; None where two may be meant."""
    if hour > 23 or (mark in {"am", "morning", "night"} and hour > 12):
        return None
    match mark:
        case "am" | "morning" | "night":
            return hour % 12
        case "pm" | "afternoon":
            return hour if hour >= 12 else hour + 12
        case "noon":
            return hour if hour >= 10 else (hour + 12 if hour < 4 else None)
        case "evening":
            return hour if hour >= 17 else (hour + 12 if 5 <= hour < 12 else None)
    return hour


def _zone(written: str) -> int | str:
    name = written.strip(" ()[]（）")
    offset = _OFFSET.search(name.replace(" ", ""))
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return minutes if offset[1] == "+" else -minutes
    known: dict[str, int] = words()["offsets"]
    return known.get(name, name)
