"""How does a clock stand when its warning is drafted?"""

from __future__ import annotations

from datetime import datetime

from ..domain.facts import Fact
from ..domain.service_clock import ServiceClock
from ..drafting.clock_record import Reading, clock_facts
from ..policy.calendars import working_time_between
from ..policy.rules import RulePack
from .gather import Subject


def facts_of_clock(subject: Subject, rules: RulePack, now: datetime) -> tuple[Fact, ...]:
    """None for what is about no clock."""
    if subject.clock is None:
        return ()
    reading = reading_of(subject.clock, rules, now)
    return clock_facts(subject.incident, reading, subject.communication.id)


def reading_of(clock: ServiceClock, rules: RulePack, now: datetime) -> Reading:
    """By the calendar in force; the desk's own deadlines, and those of a calendar that is gone, by the clock
    on the wall."""
    calendar = rules.calendars.get(clock.calendar or "")
    if clock.deadline is None or clock.deadline <= now:
        left = None
    elif calendar is None:
        left = clock.deadline - now
    else:
        left = working_time_between(calendar, now, clock.deadline)
    hours = None if calendar is None or calendar.is_always else calendar.name
    return Reading(clock=clock, at=now, left=left, hours=hours)
