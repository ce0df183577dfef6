"""When is a statement wrong enough to be put right? Thresholds, and which events may show that one was.

That more people are hit than an hour ago is news, and is told as such; that they were counted wrongly is
an error. So only some events show one, each of some facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.correction import CORRECTABLE
from ..domain.directory import Bilingual
from ..domain.facts import Fact, ValueKind

SHOWN_BY: dict[str, frozenset[str]] = {
    "corrected": frozenset(CORRECTABLE),
    "declared": frozenset({"started_at", "duration"}),
    "phase_changed": frozenset({"cause_confirmed"}),
    "restored": frozenset({"restored_at", "duration", "cause_confirmed"}),
}
"""Event → the facts of which it may say that what was recorded before was wrong."""
_COUNT = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
_PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """Beyond `within` a time is wrong; beyond both, a duration; beyond `share` (per cent), a count."""

    within: timedelta = timedelta(minutes=15)
    share: float = 10
    events: frozenset[str] = frozenset(SHOWN_BY)

    def may_right(self, event: str) -> frozenset[str]:
        """The facts that this event may put right."""
        return SHOWN_BY.get(event, frozenset()) if event in self.events else frozenset()

    def worth(self, told: Fact, right: Fact | None) -> bool:
        """A fact that nobody knows any more was wrong, however small it was."""
        if right is None:
            return True
        if isinstance(told.value, datetime) and isinstance(right.value, datetime):
            return abs(told.value - right.value) > self.within
        if told.kind is ValueKind.DURATION:
            return self._lasted(int(str(told.value)), int(str(right.value)))
        return self._said(_words(told), _words(right))

    def _lasted(self, told: int, right: int) -> bool:
        apart = abs(told - right)
        return apart > self.within.total_seconds() and self._apart(told, right)

    def _said(self, told: str, right: str) -> bool:
        if told == right:
            return False
        if _COUNT.sub("#", told) != _COUNT.sub("#", right):
            return True
        counts = zip(_COUNT.findall(told), _COUNT.findall(right), strict=True)
        return any(self._apart(_number(a), _number(b)) for a, b in counts)

    def _apart(self, told: float, right: float) -> bool:
        return abs(told - right) * _PERCENT > self.share * max(abs(told), abs(right))


def _words(fact: Fact) -> str:
    return fact.value.en if isinstance(fact.value, Bilingual) else str(fact.value)


def _number(text: str) -> float:
    return float(text.replace(",", ""))


USUAL = Corrections()
"""Where no pack says anything."""
