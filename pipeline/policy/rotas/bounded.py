"""How much work may one calendar make? A file of some lines can repeat for ever, or look for a day that no year has.

The work is counted where it is done: at every step that a rule takes, and at every occurrence that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recurring_ical_events import of
from recurring_ical_events.selection.name import ComponentsWithName
from recurring_ical_events.series import Series

from .foreseen import DAYS, RULE, STEP, too_much

MOST_WORK = 5_000_000
"""In thirds of a microsecond, roughly: two seconds for a file that is refused, and five times what the weeks of a
hundred people over ten years take."""
MOST_BARREN = 1_200_000
"""What may be spent until something is found: twelve years hour by hour."""
_OCCURRENCE, _AGAIN = 250, 20
"""`_AGAIN` is how much less it is to go through what was found before, as for each event that changes one of a
series."""
_FREQUENCY = re.compile(r"FREQ=(\w+)", re.IGNORECASE)
_INTERVAL = re.compile(r"INTERVAL=(\d+)", re.IGNORECASE)
_HOURS = re.compile(r"BYHOUR=([^;]*)", re.IGNORECASE)


class _Work:
    def __init__(self, most: int) -> None:
        self.left = self.found_at = most

    def spend(self, cost: int) -> None:
        """Raises Malformed when there was too much, in all or since something was found."""
        self.left -= cost
        if self.left < 0 or self.found_at - self.left > MOST_BARREN:
            raise too_much()

    def found(self) -> None:
        self.found_at = self.left


class _Step(int):
    """An interval that is paid for whenever a rule goes on by it: a rule that finds nothing gives nothing else that
    could be counted, and its own end is looked at only when it finds something."""

    work: _Work
    cost: int

    def __radd__(self, at: int) -> int:
        self.work.spend(self.cost)
        return at + int(self)

    def __mul__(self, by: int) -> int:
        self.work.spend(self.cost)
        return int(self) * by


def expanded(calendar: Any, since: Any, until: Any, most_work: int = MOST_WORK) -> list[Any]:
    """The occurrences of its events between the two moments. Raises Malformed for one that makes too much work."""
    work = _Work(most_work)

    class Rules(Series.RecurrenceRules):  # type: ignore[misc]  # the library has no types
        walked = 0

        def rrulestr(self, rule_string: str) -> Any:
            return _paid(super().rrulestr(rule_string), work)

        def rrule_between(self, span_start: Any, span_stop: Any) -> Iterator[Any]:
            work.spend(self.walked // _AGAIN)
            work.found()
            before = work.left
            for start in super().rrule_between(span_start, span_stop):
                work.spend(_OCCURRENCE)
                work.found()
                yield start
            self.walked = max(self.walked, before - work.left)

    class Paid(Series):  # type: ignore[misc]  # the library has no types
        RecurrenceRules = Rules

    events = ComponentsWithName("VEVENT", series=Paid)
    return list(of(calendar, components=[events]).between(since, until))


def _paid(rule: Any, work: _Work) -> Any:
    work.spend(RULE)
    said = str(rule.string)
    frequency, hours = _FREQUENCY.search(said), _HOURS.search(said)
    days = DAYS.get(frequency[1].upper(), 1) if frequency else 1
    interval = _INTERVAL.search(said)
    step = _Step(interval[1] if interval else 1)
    step.work, step.cost = work, STEP + days * (hours[1].count(",") + 1 if hours else 1)
    paid = rule.replace(interval=step)
    # What the series keeps on its rules beside what rules have.
    paid.string, paid.until = rule.string, rule.until
    return paid
