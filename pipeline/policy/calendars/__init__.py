"""When do people work? Calendars of hours and days, and arithmetic with the time that they hold."""

from __future__ import annotations

from .calendar import Calendar, NoWorkingTime, Opening, Span
from .working_time import add_working_time, reached, working_time_between

__all__ = [
    "Calendar",
    "NoWorkingTime",
    "Opening",
    "Span",
    "add_working_time",
    "reached",
    "working_time_between",
]
