"""Which causes on record of earlier cases may be this one's too? Each cause once, with the cases that had it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from knowledge.tokens.normal import normal

from ..domain.directory import Bilingual
from ..domain.payload import Words
from .candidate import Candidate, Code, Kind, apart, key_of, told, weighed
from .seen import Earlier, Failure, Seen

LEAST = 0.15
"""Likeness below which an earlier case says nothing of this one."""
HALF_SURE = 0.6
FADES = timedelta(days=120)


def from_earlier(seen: Seen) -> Iterator[Candidate]:
    groups: defaultdict[str, list[Earlier]] = defaultdict(list)
    for one in seen.earlier:
        if one.probability >= LEAST and one.at < seen.failure.began_at:
            groups[_same_words(one.cause)].append(one)
    for cases in groups.values():
        yield _candidate(cases, len(seen.earlier) - len(cases), seen.failure)


def _same_words(cause: Words) -> str:
    return normal(cause.en if isinstance(cause, Bilingual) else cause).strip(" .")


def _candidate(cases: Sequence[Earlier], others: int, failure: Failure) -> Candidate:
    by_time = sorted(cases, key=lambda one: one.at)
    best = max(cases, key=lambda one: (one.probability, one.at))
    gap = apart(failure.began_at, by_time[-1].at)
    old = 1 - math.exp(-gap / FADES.total_seconds())
    return Candidate(
        # The oldest: later cases with the same cause change nothing of what was decided.
        key=key_of(Kind.EARLIER, by_time[0].incident),
        kind=Kind.EARLIER,
        name=best.number,
        what=best.cause,
        at=by_time[-1].at,
        incident=best.incident,
        evidence=told(
            weighed(
                Code.LIKE_EARLIER, best.probability, number=best.number, percent=_percent(best)
            ),
            weighed(Code.HAPPENED_AGAIN, 1 - 1 / len(cases), times=len(cases)),
            weighed(Code.CONFIRMED_THEN, float(any(one.confirmed for one in cases))),
            weighed(Code.SAME_SERVICE, float(any(one.same_service for one in cases))),
            weighed(Code.LONG_AGO, old if old > _RECENT else 0.0, gap=gap),
            weighed(
                Code.HARDLY_ALIKE, max(0.0, HALF_SURE - best.probability), percent=_percent(best)
            ),
            weighed(Code.OTHER_CAUSES_TOO, others / (others + len(cases)), times=others),
        ),
    )


_RECENT = 0.2


def _percent(one: Earlier) -> int:
    """Never certain: no likeness proves that two failures are one."""
    return min(99, round(100 * one.probability))
