"""How much working time lies between two moments, and when has so much passed? Pure; laws are in
`tests/unit/policy/calendars/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from .calendar import HORIZON, Calendar, NoWorkingTime

NOTHING = timedelta()
Stretch = tuple[datetime, datetime]
"""A time in which something ran, from and to."""


def working_time_between(calendar: Calendar, begin: datetime, end: datetime) -> timedelta:
    """Zero when `end` is not after `begin`. What lies beyond the horizon is not counted."""
    if calendar.is_always:
        return max(end - begin, NOTHING)
    total = NOTHING
    for opens, closes in calendar.openings(begin):
        if opens >= end:
            break
        total += max(min(closes, end) - max(opens, begin), NOTHING)
    return total


def add_working_time(calendar: Calendar, begin: datetime, amount: timedelta) -> datetime:
    """The first moment at which so much working time has passed: the end of a day, rather than the beginning
    of the next. Nothing to add leaves `begin`. Raises NoWorkingTime."""
    if amount <= NOTHING:
        return begin
    if calendar.is_always:
        return begin + amount
    left = amount
    for opens, closes in calendar.openings(begin):
        here = max(opens, begin)
        if closes - here >= left:
            return here + left
        left -= max(closes - here, NOTHING)
    raise NoWorkingTime(f"{calendar.id} holds no {amount} of work in {HORIZON.days} days")


def reached(
    calendar: Calendar, ran: Iterable[Stretch], since: datetime | None, amount: timedelta
) -> datetime | None:
    """When something that ran in these stretches, and runs on `since`, has run for `amount` of working time.
    None while it stands still before that."""
    left = amount
    for begin, end in ran:
        passed = working_time_between(calendar, begin, end)
        if passed >= left:
            return add_working_time(calendar, begin, left)
        left -= passed
    return None if since is None else add_working_time(calendar, since, left)
