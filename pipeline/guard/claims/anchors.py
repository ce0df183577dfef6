"""Between which recorded moments does a sentence count a length of time?

What it is counted from is said in the sentence, else in the one before; what it leads to is what the words
behind it tell. `The incident lasted` counts from its beginning to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from .atoms import Lasting
from .claim import Told
from .index import Known
from .instants import zone_of
from .matching import Event, aligned
from .reading import Reading, Span

_SHORTEST = 60
"""Seconds: no two moments of a record tell a shorter length."""
_WHOLE = re.compile(
    r"\b(?:outage|downtime|disruption|interruption|incident|failure) (?:has )?(?:lasted|took|was)|\b(?:lasted|in all|in total)\b|持续|历时|中断了|共(?:计|历)?\s?$|时长",
    re.IGNORECASE,
)
_START = re.compile(
    r"start|first_seen|began|opened|offline|paused|stopped|down_at|since|locked|disabled"
)
_END = re.compile(r"restored|ended|resolved|recovered|removed|completed|closed|finished|enabled")
_JOINT = re.compile(r"\b(?:and|after|before|then|when)\b|、|后|之前", re.IGNORECASE)
_AFTER = re.compile(r"\s?(?:after|from|since|of)\b(?! that| which| this)", re.IGNORECASE)
_REPORTED = re.compile(
    r"报障|报告|反映|上报|报修|来电|提单|\breport|\braised\b|\bcame in\b", re.IGNORECASE
)
_OF = re.compile(r"\s(?:of|after|from|since) (?:the|its|a|being)\b", re.IGNORECASE)
_AT_ONCE = 3
"""Characters before a length that may be counted from now: `一小时后，即 16:40`."""
_WITHIN = re.compile(r"\bwithin\s?$", re.IGNORECASE)
_NEARLY = 0.4
"""An event that fits so well beside the best one may be meant as well."""


def ends_of(told: Told, claimed: Lasting) -> list[Known]:
    """Two moments of the record that are so far apart and of which the sentence may speak, or none."""
    if claimed.seconds < _SHORTEST:
        return []
    low, high = _allowed(claimed)
    known = [k for k in told.index.moments if k.has_minute]
    if moved := _moved(known, low, high):
        return moved
    if claimed.turn in ("later", "ago") or _OF.match(told.reading.text, claimed.end):
        return _later(told, claimed, known, low, high)
    starts, ends = [k for k in known if _is_start(k)], [k for k in known if _is_end(k)]
    if told.index.record.phase != "resolved":
        ends.append(Known(at=told.index.record.now, statement=known[-1].statement))
    said = _said(told, told.reading, known)
    if pair := _apart(starts, ends, low, high) or _apart(said, [*said, *ends], low, high):
        return pair
    if _WHOLE.search(told.reading.text) and starts and ends:
        return []
    mine, earlier = (
        _of(told, told.reading, _spans(told.reading, claimed), known),
        _before(told, known),
    )
    return (
        _apart([*said, *earlier, *mine, *starts], mine, low, high)
        or _apart([*said, *mine], [*said, *earlier], low, high)
        or _apart(said, [k for k in known if k.own], low, high)
        or _next(known, low, high)
        or _apart(starts, [k for k in known if k.own], low, high)
    )


def _moved(known: list[Known], low: float, high: float) -> list[Known]:
    """Two moments that one statement names: `moved from 09:30 to 10:30`."""
    told = [k for k in known if not k.own]
    for one in told:
        for other in told:
            if (
                one.statement is other.statement
                and low <= (other.at - one.at).total_seconds() <= high
            ):
                return [one, other]
    return []


def _later(
    told: Told, claimed: Lasting, known: list[Known], low: float, high: float
) -> list[Known]:
    """`Ten minutes later the alarm ended`, `declared ten minutes after the alarm`."""
    reading = told.reading
    start, end = reading.clause(claimed.start)
    all_of_it = _of(told, reading, _spans(reading, claimed), known)
    said = _said(told, reading, known)
    if _AFTER.match(reading.text, claimed.end):
        after = _of(told, reading, [(claimed.end, end), (claimed.end, len(reading.text))], known)
        begun = [k for k in known if k.statement.id == "opened_at"]
        onto = [*said, *_of(told, reading, [(start, claimed.start)], known)]
        onto = known if told.is_across and not onto else onto or all_of_it or known
        since = [*(after or all_of_it), *begun, *said]
        if _WITHIN.search(reading.text[max(0, claimed.start - 10) : claimed.start]):
            low = claimed.seconds * 0.6
        return _apart(since, onto, low, high)
    lead = _of(told, reading, [(0, start), (start, claimed.start)], known)
    since = _said(told, reading, known, until=claimed.start)
    since = since or [*lead, *_before(told, known)] or all_of_it
    if claimed.start <= _AT_ONCE:
        since = [*since, Known(at=told.index.record.now, statement=known[-1].statement)]
    if reading.text[claimed.end : end].strip(" ,.。后"):
        follows = [(claimed.end, _joint(reading, claimed.end, end)), (claimed.end, end)]
    else:
        follows = [(end, len(reading.text))] if told.is_chinese else [(start, claimed.start)]
        since = lead if told.is_chinese and lead else since
    onto = [*(_of(told, reading, follows, known) or all_of_it), *_said(told, reading, known)]
    if told.is_across:
        onto = known  # its words may be in the other language alone
    if _REPORTED.search(reading.text, 0, claimed.start):
        since = [*since, *(k for k in known if k.statement.id == "opened_at")]
    told_before = [k for one in told.before[:2] for k in _said(told, one, known)]
    own = [k for k in known if k.own]
    return (
        _apart(since, onto, low, high)
        or _apart(told_before, own, low, high)
        or _next(known, low, high)
    )


def _next(known: list[Known], low: float, high: float) -> list[Known]:
    """One event and the one that follows it."""
    own = sorted((k for k in known if k.own), key=lambda k: k.at)
    for one, other in pairwise(own):
        if low <= (other.at - one.at).total_seconds() <= high:
            return [one, other]
    return []


def _allowed(claimed: Lasting) -> tuple[float, float]:
    if claimed.low == claimed.high:
        slack = 60.0 if claimed.seconds >= 300 and claimed.seconds % 300 == 0 else 1.0
        return claimed.seconds - slack, claimed.seconds + slack
    return claimed.low - 60.0, claimed.high + 60.0


def _spans(reading: Reading, claimed: Lasting) -> list[Span]:
    start, end = reading.clause(claimed.start)
    cuts = [m.end() for m in _JOINT.finditer(reading.text, start, claimed.start)]
    part = max(cuts, default=start), _joint(reading, claimed.end, end)
    return [reading.whole, *reading.clauses, part]


def _joint(reading: Reading, start: int, end: int) -> int:
    """Where the words go on to another event."""
    found = _JOINT.search(reading.text, start, end)
    return found.start() if found and found.start() > start + 2 else end


def _of(told: Told, reading: Reading, spans: Iterable[Span], known: list[Known]) -> list[Known]:
    """The moments of the events of which these parts of a sentence may speak."""
    index = told.index
    ranked = (aligned(reading, span, index.events, index.weights) for span in spans)
    ids = _best(ranked)
    return [k for k in known if k.statement.event in ids]


def _best(ranked: Iterable[list[tuple[float, Event]]]) -> set[str]:
    return {e.id for found in ranked for score, e in found if score >= _NEARLY * found[0][0]}


def _before(told: Told, known: list[Known]) -> list[Known]:
    """What the nearest sentence before this one names or tells."""
    for reading in told.before[:2]:
        spans = [reading.whole, *reading.clauses]
        if found := [*_said(told, reading, known), *_of(told, reading, spans, known)]:
            return found
    return []


def _said(
    told: Told, reading: Reading, known: list[Known], until: int | None = None
) -> list[Known]:
    """Moments that a sentence names itself, by the clock of its zone or of the record's."""
    found = []
    for moment in reading.moments:
        if moment.minute is None or moment.until is not None:
            continue
        if until is not None and moment.start > until:
            continue
        zone = zone_of(moment.zone)
        for clock in [zone] if zone else told.index.zones:
            for k, here in told.index.clocks(clock):
                apart = here.hour * 60 + here.minute - moment.minute
                if k.has_minute and apart % (720 if moment.half_day else 1440) == 0:
                    found.append(k)
    return found


def _apart(starts: list[Known], ends: list[Known], low: float, high: float) -> list[Known]:
    for start in starts:
        for end in ends:
            if low <= (end.at - start.at).total_seconds() <= high:
                return [start, end]
    return []


def _is_start(known: Known) -> bool:
    statement = known.statement
    if statement.attribute:
        return bool(_START.search(statement.attribute)) and not known.own
    if statement.id == "opened_at":
        return True
    marks = statement.reading.marks
    return not known.own and any(m.entry.key == "began" for m in marks)


def _is_end(known: Known) -> bool:
    statement = known.statement
    if statement.attribute:
        return bool(_END.search(statement.attribute))
    return statement.type in ("restored", "resolved") or any(
        p.state in ("restored", "resolved") and not p.loose for p in statement.polars
    )
