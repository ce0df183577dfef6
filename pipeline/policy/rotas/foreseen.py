"""Is it plain before a calendar is parsed that it is none, or makes too much work? Its lines tell, read once.

Only what the parser or the counting of work would refuse as well is refused here: sooner, and for next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ...domain.errors import Malformed

DEEPEST = 20
MOST_EVENTS, MOST_SHIFTS = 5000, 20_000
RULE, STEP = 400, 10
"""What a rule costs, and a step of it, beside the days that the step looks at."""
DAYS = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}
"""A step looks at each of its days, and at each hour that is named for it."""
_HOURLY = 24
LONGEST_RULE = 2000
"""Characters: a rule that names each day of a year has as many."""
_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY)\b|BY(SECOND|MINUTE)=[^;]*,", re.IGNORECASE)
_PART = re.compile(r"(FREQ|INTERVAL|UNTIL|COUNT|BY\w+)=([^;]*)", re.IGNORECASE)
_DAY = re.compile(r":(\d{4})(\d\d)(\d\d)")
FOLD = re.compile(r"(?<!\n)(?:\r?\n)+[ \t]")
"""A line goes on after it; empty lines before that are let go, as the parser does."""


class Foreseen:
    """What the lines of a calendar say of the work that it will make, until a day."""

    def __init__(self, until: date, most: int) -> None:
        self._until, self._most = until + timedelta(days=1), most
        self._events = self._listed = 0
        self._costs: dict[str, int] = {}
        self._event: list[str] | None = None

    def refuse(self, text: str) -> None:
        """Raises Malformed."""
        inside: list[str] = []
        for line in FOLD.sub("", text).split("\n"):
            kind = _name(line)
            if kind == "BEGIN":
                inside.append(line[6:].strip().upper())
                self._begin(inside[-1])
            elif kind == "END":
                del inside[-1:]
                self._end(line[4:].strip().upper())
            elif self._event is not None and kind in _READ:
                self._event.append(line.rstrip("\r"))
            if len(inside) > DEEPEST or _is_broken(line, inside):
                raise Malformed("is not an iCalendar file", field="calendar")

    def _begin(self, name: str) -> None:
        if name != "VEVENT":
            return
        self._events += 1
        if self._events > MOST_EVENTS:
            said = f"holds more than {MOST_EVENTS:,} events"
            raise Malformed(said, field="calendar")
        self._event = []

    def _end(self, name: str) -> None:
        if name != "VEVENT" or self._event is None:
            return
        lines, self._event = self._event, None
        uid = next((one for one in lines if _name(one) == "UID"), str(self._events))
        if not any(_name(one) == "RECURRENCE-ID" for one in lines):
            self._costs[uid] = max(self._costs.get(uid, 0), self._cost(lines))
        if sum(self._costs.values()) > self._most:
            raise too_much()

    def _cost(self, lines: Sequence[str]) -> int:
        """At the least, of all its rules."""
        start = next((_day(line) for line in lines if _name(line) == "DTSTART"), None)
        cost = 0
        for line in dict.fromkeys(lines):
            if _name(line) == "RDATE":
                self._listed += line.count(",") + 1
            if _name(line) == "RRULE":
                if len(line) > LONGEST_RULE:
                    raise too_much()
                if _OFTEN.search(line):
                    raise too_often()
                cost += RULE + (_steps(line, start, self._until) if start else 0)
        if self._listed > MOST_SHIFTS:
            raise Malformed(f"holds more than {MOST_SHIFTS:,} shifts", field="calendar")
        return cost


_READ = frozenset({"DTSTART", "RRULE", "RDATE", "RECURRENCE-ID", "UID"})
_LONGEST_NAME = 40


def _name(line: str) -> str:
    """Of a property, before its parameters and its value; empty where there is none."""
    said, found, _ = line[:_LONGEST_NAME].partition(":")
    return said.partition(";")[0].upper() if found or ";" in said else ""


def _is_broken(line: str, inside: Sequence[str]) -> bool:
    """A line that says nothing. In an event it is let go, in the calendar itself it is not."""
    return ":" not in line and inside in ([], ["VCALENDAR"]) and bool(line.strip())


def too_much() -> Malformed:
    said = "repeats so often, or so seldom, that its shifts are not to be found"
    return Malformed(said, field="calendar")


def too_often() -> Malformed:
    return Malformed("repeats within the hour, which is no shift", field="calendar")


def _steps(rule: str, start: date, until: date) -> int:
    """What the steps of a rule cost, from its beginning on. One that is counted may end before: unless it gives
    something at each step, nothing is foreseen of it."""
    parts: dict[str, str] = {name.upper(): said for name, said in _PART.findall(rule)}
    frequency = parts.get("FREQ", "").upper()
    end = min(_day(f":{parts['UNTIL']}") or until, until) if "UNTIL" in parts else until
    days = max((end - start).days, 0)
    each = DAYS.get(frequency, 1)
    interval = max(_number(parts.get("INTERVAL"), 1), 1)
    steps: int = (days * _HOURLY if frequency == "HOURLY" else days // each) // interval
    if "COUNT" in parts:
        steps = 0 if any(name.startswith("BY") for name in parts) else steps
        steps = min(steps, _number(parts["COUNT"], 0))
    hours = parts.get("BYHOUR", "").count(",") + 1
    return steps * (STEP + each * hours)


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said is not None and said.isdecimal() and len(said) < 10 else otherwise


def _day(line: str) -> date | None:
    found = _DAY.search(line)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
