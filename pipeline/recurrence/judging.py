"""Is a case the same outage, a recurrence, related to something, or new? Judged on what was known when it came."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .likeness import likeness
from .past import Past, candidates, weights
from .score import Scored, scored
from .signature import Signature

SAME = 0.0
"""Log-odds from which two cases are taken for one failure: an even chance, before chains are asked."""
RELATED = 1.2
"""Of `near`: from here on somebody who works on the one is shown the other."""
LIKELY = 0.05
"""The chance of one failure below which a case is shown to nobody as one that is alike."""
ONE_OUTAGE = timedelta(hours=4)
"""What comes within this time is the same outage, not a recurrence of it."""


class Verdict(StrEnum):
    SAME_OUTAGE = "same_outage"
    RECURRENCE = "recurrence"
    RELATED = "related"
    NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`similar` are earlier cases, the nearest first."""

    case: Signature
    similar: tuple[Scored, ...]

    @property
    def verdict(self) -> Verdict:
        return verdict(self.case, self.similar)


def judge(past: Past, case: Signature, *, until: datetime | None = None) -> Judged:
    """Compare it with what came before it, or `until` then; the past does not hold it yet, or holds it and
    is passed over."""
    known = until or case.at
    weigh = weights(past, case)
    found = [
        scored(earlier, likeness(case, earlier, weigh))
        for earlier in candidates(past, case, weigh)
        if earlier.id != case.id and earlier.at <= known
    ]
    found.sort(key=lambda one: (-one.near, one.earlier.id))
    return Judged(case=case, similar=tuple(found))


def repeats(similar: tuple[Scored, ...]) -> float:
    """How sure it is that the matter was reported before, 0 to 1: of how near the nearest is, and how far
    ahead of the next ones, which say how near cases of other matters are."""
    if not similar:
        return 0.0
    rest = similar[1:_OTHERS]
    others = sum(one.near for one in rest) / len(rest) if rest else 0.0
    odds = _NEAREST * similar[0].near + _AHEAD * (similar[0].near - others) + _NONE
    return 1 / (1 + math.exp(-odds))


_OTHERS = 6
_NEAREST, _AHEAD, _NONE = 0.6, 1.4, -4.2
"""Set on the set of bug reports by which `near` was set; one in five repeats there."""


def verdict(case: Signature, similar: tuple[Scored, ...]) -> Verdict:
    same = [one for one in similar if one.odds >= SAME]
    if any(case.at - one.earlier.at <= ONE_OUTAGE for one in same):
        return Verdict.SAME_OUTAGE
    if same:
        return Verdict.RECURRENCE
    related = any(one.near >= RELATED and one.probability >= LIKELY for one in similar)
    return Verdict.RELATED if related else Verdict.NEW
