"""Which changes before the first symptom may have caused it? Those on its path, with what became of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from ..domain.change import Change, ChangeState
from ..domain.directory import Bilingual
from .candidate import Candidate, Code, Evidence, Kind, apart, key_of, told
from .seen import WINDOW, ChangeSeen, Failure, Line, Seen
from .wording import shown, words

NEAR = timedelta(minutes=50)
"""After it, that a symptom followed is a third as telling."""
FAR = timedelta(hours=8)
"""After it, that a change was long before is two thirds of what it can be."""
RECOVERS = timedelta(minutes=45)
"""How soon after a rollback a recovery has to come to count for it."""
ENOUGH_WORDS = 3


def from_changes(seen: Seen) -> Iterator[Candidate]:
    for one in seen.changes:
        if _may_be(one.change, seen.failure):
            yield _candidate(one, seen.failure, seen.lines)


def _may_be(change: Change, failure: Failure) -> bool:
    """What began after the first symptom did not cause it, but may have brought it back."""
    since = failure.after(change.began_at)
    return since - WINDOW <= change.over_at and change.began_at <= since


def _candidate(one: ChangeSeen, failure: Failure, lines: Sequence[Line]) -> Candidate:
    change = one.change
    return Candidate(
        key=key_of(Kind.CHANGE, change.source, change.number),
        kind=Kind.CHANGE,
        name=change.number,
        what=change.what,
        at=min(change.over_at, failure.after(change.began_at)),
        incident=change.ticket,
        evidence=told(
            *_when(change, failure),
            *_where(change, failure),
            *_taken_back(change, failure),
            *_elsewhere(one),
            *_talked_of(change, failure, lines),
            _evidence(Code.PLANNED_ONLY, 1.0) if change.state is ChangeState.PLANNED else None,
        ),
    )


def _when(change: Change, failure: Failure) -> Iterator[Evidence]:
    since = failure.after(change.began_at)
    if change.over_at >= since:
        yield _of_when(change, failure, Code.WHILE_UNDER_WAY, 1.0)
        return
    gap = apart(since, change.over_at)
    near = math.exp(-gap / NEAR.total_seconds())
    if near > _HARDLY:
        yield _of_when(change, failure, Code.SHORTLY_BEFORE, near, gap=gap)
    else:
        far = 1 - math.exp(-gap / FAR.total_seconds())
        yield _of_when(change, failure, Code.HOURS_BEFORE, far, gap=gap)


_HARDLY = 0.1


def _where(change: Change, failure: Failure) -> Iterator[Evidence]:
    steps = {name: failure.path[name] for name in change.services if name in failure.path}
    nearest = min(steps, key=lambda name: (steps[name], name), default=None)
    if nearest is None:
        return
    if steps[nearest] == 0:
        yield _evidence(Code.OWN_SERVICE, 1.0, service=nearest)
    else:
        yield _evidence(Code.DEPENDED_SERVICE, 1 / steps[nearest], service=nearest)


def _taken_back(change: Change, failure: Failure) -> Iterator[Evidence]:
    back = change.rolled_back_at
    if back is None or change.state is not ChangeState.ROLLED_BACK:
        return
    since = failure.after(change.began_at)
    if back <= since:
        yield _of_when(change, failure, Code.ROLLED_BACK_BEFORE, 1.0, gap=apart(since, back))
        return
    over = failure.over_at
    if over is not None and back <= over <= back + RECOVERS:
        yield _evidence(Code.RECOVERED_AFTER_ROLLBACK, 1.0, gap=apart(over, back))
    elif (over or failure.now) > back + RECOVERS:
        yield _evidence(Code.WENT_ON_AFTER_ROLLBACK, 1.0, gap=apart(over or failure.now, back))


def _elsewhere(one: ChangeSeen) -> Iterator[Evidence]:
    touched = len(one.others_failed) + len(one.others_fine)
    if one.others_failed:
        share = len(one.others_failed) / touched
        yield _evidence(Code.OTHERS_FAILED, share, services=one.others_failed)
    if one.others_fine:
        share = len(one.others_fine) / touched
        yield _evidence(Code.OTHERS_FINE, share, services=one.others_fine)


def _talked_of(change: Change, failure: Failure, lines: Sequence[Line]) -> Iterator[Evidence]:
    naming = [line for line in lines if names(line.text, change.number)]
    denied = [line for line in naming if line.denies]
    if denied:
        yield _evidence(Code.DENIED_IN_LOG, 1.0, quote=denied[-1].text, who=denied[-1].speaker)
    claimed = [line for line in naming if not line.denies]
    if claimed:
        best = max(claimed, key=lambda line: (line.claims, line.settled, not line.doubts))
        weight = (0.4 if not best.claims else 0.7) if best.doubts or not best.claims else 1.0
        yield _evidence(Code.NAMED_IN_LOG, weight, quote=best.text, who=best.speaker)
    shared = words(said(change)) & failure.words
    if shared:
        weight = min(1.0, len(shared) / ENOUGH_WORDS)
        yield _evidence(Code.WORDS_SHARED, weight, words=shown(shared))


def names(text: str, number: str) -> bool:
    """Whether the number stands there by itself: CHG-12 is not in CHG-123."""
    return re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text, re.IGNORECASE) is not None


def said(change: Change) -> str:
    what = change.what
    return f"{what.zh}\n{what.en}" if isinstance(what, Bilingual) else what


def _evidence(code: Code, weight: float, **values: str | int | tuple[str, ...]) -> Evidence:
    return Evidence(code=code, weight=round(weight, 3), values=values)


def _of_when(
    change: Change, failure: Failure, code: Code, weight: float, **values: int
) -> Evidence:
    of_return = failure.is_return(change.began_at)
    return replace(_evidence(code, weight, **values), of_return=of_return)


def named_by(line: Line, changes: Iterable[ChangeSeen]) -> bool:
    """A line that names a change speaks for that change, and is no candidate beside it."""
    return any(names(line.text, one.change.number) for one in changes)
