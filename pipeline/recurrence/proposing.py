"""When does a chain become a proposal, of what kind, and what is told of it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from .signature import Signature

FROM_CASE = 3
"""A proposal is made at this case of a chain, unless the settings say otherwise."""
STORM_CASES, STORM_WITHIN = 5, timedelta(minutes=60)
MEMORY = timedelta(days=180)
"""Cases of a chain further apart than this are no recurrence that anybody would act on."""
_CHANCE = 0.01


class Kind(StrEnum):
    CHAIN = "chain"
    STORM = "storm"
    TREND = "trend"
    REQUEST = "request"
    """Wishes: an article or automation helps, not a problem record."""


def kind_of(cases: Sequence[Signature]) -> Kind:
    """Of a chain as it stands, in order of time."""
    if sum(case.asks for case in cases) * 2 > len(cases):
        return Kind.REQUEST
    times = [case.at for case in cases]
    if storms(times):
        return Kind.STORM
    return Kind.TREND if grows(times) else Kind.CHAIN


def storms(times: Sequence[datetime], cases: int = STORM_CASES) -> bool:
    """Whether so many of them lie within an hour, the last of them being the newest."""
    recent = [at for at in times if times[-1] - at <= STORM_WITHIN]
    return len(recent) >= cases or (len(recent) == len(times) >= FROM_CASE)


def grows(times: Sequence[datetime]) -> bool:
    """Whether the later half of the time has clearly more cases than the earlier one: a one-sided test of
    two Poisson counts given their sum (Przyborowski and Wilenski, 1940), at 1 in 100."""
    if len(times) < 2 * FROM_CASE:
        return False
    middle = times[0] + (times[-1] - times[0]) / 2
    # The first case opened the window, which makes it no count.
    later, total = sum(at > middle for at in times), len(times) - 1
    return _at_least(later, total) < _CHANCE


def _at_least(successes: int, of: int) -> float:
    """The chance of so many heads of a fair coin, or more."""
    return float(sum(math.comb(of, n) for n in range(successes, of + 1)) / 2**of)


def is_due(cases: Sequence[Signature], from_case: int = FROM_CASE) -> bool:
    """Whether the newest `from_case` of them are near enough in time to be one matter."""
    if len(cases) < from_case:
        return False
    newest = sorted(case.at for case in cases)[-from_case:]
    return newest[-1] - newest[0] <= MEMORY


def days_between(times: Sequence[datetime]) -> float | None:
    """The usual time from one case to the next, in days."""
    apart = [(b - a).total_seconds() / 86_400 for a, b in pairwise(times)]
    return median(apart) if apart else None
