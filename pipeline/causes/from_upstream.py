"""Did something fail before it on which it depends?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from .candidate import Candidate, Code, Evidence, Kind, apart, key_of, told, weighed
from .seen import Failure, Seen, Upstream

NEAR = timedelta(minutes=60)
TOGETHER = timedelta(minutes=45)
SLACK = timedelta(minutes=10)
"""What is noticed second may have failed first: clocks and people differ by minutes."""


def from_upstream(seen: Seen) -> Iterator[Candidate]:
    for one in seen.upstream:
        if one.began_at <= _since(one, seen.failure) + SLACK:
            yield _candidate(one, seen.failure)


def _candidate(one: Upstream, failure: Failure) -> Candidate:
    since = _since(one, failure)
    of_return = since != failure.began_at
    gap = apart(since, one.began_at)
    near = math.exp(-gap / NEAR.total_seconds())
    was_over = one.over_at is not None and one.over_at <= since
    return Candidate(
        key=key_of(Kind.UPSTREAM, one.incident),
        kind=Kind.UPSTREAM,
        name=one.number,
        what=one.service,
        at=one.began_at,
        incident=one.incident,
        evidence=told(
            replace(
                weighed(Code.FAILED_BEFORE, near, gap=gap, service=one.service), of_return=of_return
            ),
            weighed(
                Code.DEPENDED_SERVICE, 1 / max(1, failure.path[one.service]), service=one.service
            ),
            weighed(Code.MAJOR_THERE, float(one.major)),
            _together(one, failure),
            replace(
                weighed(Code.WAS_OVER_BEFORE, 1.0, gap=apart(since, one.over_at)),
                of_return=of_return,
            )
            if was_over and one.over_at is not None
            else None,
            None if was_over else _went_on(one, failure),
        ),
    )


def _since(one: Upstream, failure: Failure) -> datetime:
    """What it may have caused: that this one began, or that it came back."""
    return failure.after(one.began_at - SLACK)


def _together(one: Upstream, failure: Failure) -> Evidence | None:
    if one.over_at is None or failure.over_at is None or one.over_at <= _since(one, failure):
        return None
    gap = abs(failure.over_at - one.over_at)
    if gap > TOGETHER:
        return None
    return weighed(Code.RECOVERED_TOGETHER, 1.0, gap=int(gap.total_seconds()))


def _went_on(one: Upstream, failure: Failure) -> Evidence | None:
    if one.over_at is None:
        return None
    until = failure.over_at or failure.now
    if until <= one.over_at + TOGETHER:
        return None
    return weighed(Code.WENT_ON_AFTER, 1.0, gap=apart(until, one.over_at))
