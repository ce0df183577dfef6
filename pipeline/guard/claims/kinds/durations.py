"""Is every length of time recorded, or computed from two recorded ends?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..alignment import Event, aligned
from ..atoms import Lasting
from ..claim import Claim, Told
from ..index import Known
from ..reading import Reading, Span
from ..statements import Statement

KIND = "duration"
_RELATIVE = "relative_time"
_VAGUE = re.compile(r"\b(?:few|several|couple)\b|几|数", re.IGNORECASE)
_LASTED = re.compile(
    r"\b(?:last\w*|for|took|takes|taken|after|within|long|outage|downtime|interruption|disruption|duration|total|in all|down|offline|unavailable|-minute|-hour)\b|持续|历时|共|用时|时长|中断|影响|耗时|长达|经过|合计|总计|累计|断了|停了|花了|前后",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:above|below|over|under|exceed\w*|more than|less than|within|beyond|allowed|permitted|tolerat\w+)\b|超过|超出|允许|允差|高于|低于|以上|以内|内",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\b(?:and|after|before|then|when)\b|、|后|之前", re.IGNORECASE)
_DAY = 86_400
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


def durations(told: Told) -> Iterator[Claim]:
    for claimed in told.reading.lastings:
        words = told.reading.text[claimed.start : claimed.end]
        if claimed.turn == "ago":
            yield from _ago(told, claimed)
        elif claimed.turn == "ahead" and (known := _ahead(told, claimed)):
            statements = [k.statement for k in known]
            yield told.supported(_RELATIVE, claimed.start, claimed.end, statements)
        elif claimed.turn == "every" or not _VAGUE.search(words):
            yield from _length(told, claimed)


def _ago(told: Told, claimed: Lasting) -> Iterator[Claim]:
    now = told.index.record.now
    slack = max(60.0, claimed.high - claimed.seconds)
    found = [
        k
        for k in told.index.moments
        if claimed.low - slack <= (now - k.at).total_seconds() <= claimed.high + slack
    ]
    recorded = [s for q, s in told.index.lastings if agrees(claimed, q)]
    if found or recorded:
        yield told.supported(
            _RELATIVE, claimed.start, claimed.end, recorded or [k.statement for k in found]
        )
    else:
        yield told.unsupported(
            _RELATIVE, claimed.start, claimed.end, "nothing is recorded so long ago"
        )


def _ahead(told: Told, claimed: Lasting) -> list[Known]:
    """What the record sets for so long from now; days are counted by the calendar."""
    now = told.index.record.now
    if claimed.seconds % _DAY == 0 and claimed.seconds:
        days = claimed.seconds // _DAY
        return [k for k in told.index.moments if (k.at.date() - now.date()).days == days]
    slack = max(60.0, claimed.high - claimed.seconds)
    low, high = claimed.low - slack, claimed.high + slack
    return [k for k in told.index.moments if low <= (k.at - now).total_seconds() <= high]


def _length(told: Told, claimed: Lasting) -> Iterator[Claim]:
    recorded = [s for q, s in told.index.lastings if agrees(claimed, q)]
    sharing = [s for s in recorded if told.reading.keys & told.index.around(s)]
    limits = [s for q, s in told.index.lastings if agrees(claimed, q) and _is_limit(q, s)]
    if limits and len(limits) == len(recorded) and not _as_limit(told):
        yield told.contradicted(
            "threshold",
            claimed.start,
            claimed.end,
            limits,
            "the record gives this length as a limit, not as a measurement",
        )
        return
    if sharing or (recorded and not told.reading.keys):
        yield told.supported(KIND, claimed.start, claimed.end, sharing or recorded)
        return
    ends = _ends(told, claimed)
    if ends:
        yield told.supported(KIND, claimed.start, claimed.end, [k.statement for k in ends])
        return
    if recorded and claimed.seconds % 3600:
        yield told.supported(KIND, claimed.start, claimed.end, recorded)
        return
    others = [s for q, s in told.index.lastings if s.attribute == "duration"]
    if others and _LASTED.search(told.reading.text):
        yield told.contradicted(
            KIND, claimed.start, claimed.end, others, "the recorded length is another"
        )
    else:
        yield told.unsupported(
            KIND, claimed.start, claimed.end, "no two recorded moments are so far apart"
        )


def _is_limit(known: Lasting, statement: Statement) -> bool:
    clause = statement.reading.clause(known.start)
    return "threshold" in statement.attribute or bool(
        statement.reading.within(clause, "thresholds")
    )


def _as_limit(told: Told) -> bool:
    return bool(told.reading.within(told.reading.whole, "thresholds")) or bool(
        _BESIDE.search(told.reading.text)
    )


def agrees(claimed: Lasting, known: Lasting) -> bool:
    if claimed.seconds == known.seconds:
        return True
    slack = 30.0 if claimed.seconds >= 600 else 0.0
    return claimed.low - slack <= known.seconds <= claimed.high + slack and (
        claimed.low != claimed.high or abs(claimed.seconds - known.seconds) < 1
    )


def _ends(told: Told, claimed: Lasting) -> list[Known]:
    """Two recorded moments that are so far apart: of what is told here, else the incident's own ends."""
    if claimed.seconds < _SHORTEST:
        return []
    low, high = _allowed(claimed)
    known = [k for k in told.index.moments if k.has_minute]
    starts, ends = [k for k in known if _is_start(told, k)], [k for k in known if _is_end(told, k)]
    if told.index.record.phase != "resolved":
        ends.append(Known(at=told.index.record.now, statement=known[-1].statement))
    if claimed.turn != "later" and (pair := _apart(starts, ends, low, high)):
        return pair
    said = _said(told.reading, known)
    if pair := _apart(said, [*said, *ends], low, high):
        return pair
    if _WHOLE.search(told.reading.text) and starts and ends and claimed.turn != "later":
        return []
    mine, earlier = _spoken_of(told, claimed, known), _spoken_before(told, known)
    if told.is_across and claimed.turn == "later" and (said or earlier or not mine):
        mine = known  # the words of what came later may be in the other language alone
    return _apart([*said, *earlier, *mine, *starts], mine, low, high) or _apart(
        [*said, *mine], [*said, *earlier], low, high
    )


def _allowed(claimed: Lasting) -> tuple[float, float]:
    if claimed.low == claimed.high:
        slack = 60.0 if claimed.seconds >= 300 and claimed.seconds % 300 == 0 else 1.0
        return claimed.seconds - slack, claimed.seconds + slack
    return claimed.low - 60.0, claimed.high + 60.0


def _spoken_of(told: Told, claimed: Lasting, known: list[Known]) -> list[Known]:
    """The moments of the events that this sentence may speak of, as a whole or in one of its clauses."""
    index, reading = told.index, told.reading
    spans = [reading.whole, *reading.clauses, _part(reading, claimed.start)]
    return _of_events(known, _best(aligned(reading, s, index.events, index.weights) for s in spans))


def _part(reading: Reading, at: int) -> Span:
    """The words between two joints, where a clause tells of two events."""
    start, end = reading.clause(at)
    cuts = [m.end() for m in _JOINT.finditer(reading.text, start, end)]
    return max([c for c in cuts if c <= at], default=start), min(
        [c for c in cuts if c > at], default=end
    )


def _spoken_before(told: Told, known: list[Known]) -> list[Known]:
    """`Ten minutes later`: after what the sentences before this one told."""
    found: list[Known] = []
    for reading in told.before[:2]:
        index = told.index
        spans = [reading.whole, *reading.clauses]
        found += _said(reading, known)
        found += _of_events(
            known, _best(aligned(reading, s, index.events, index.weights) for s in spans)
        )
    return found


def _best(ranked: Iterable[list[tuple[float, Event]]]) -> set[str]:
    """The likeliest events of each part, and those that are nearly as likely."""
    return {e.id for found in ranked for score, e in found if score >= 0.4 * found[0][0]}


def _of_events(known: list[Known], ids: set[str]) -> list[Known]:
    return [k for k in known if k.statement.event in ids]


def _said(reading: Reading, known: list[Known]) -> list[Known]:
    """Moments that this sentence names itself."""
    minutes = {m.minute for m in reading.moments if m.minute is not None}
    return [k for k in known if k.at.hour * 60 + k.at.minute in minutes]


def _apart(starts: list[Known], ends: list[Known], low: float, high: float) -> list[Known]:
    for start in starts:
        for end in ends:
            if low <= (end.at - start.at).total_seconds() <= high:
                return [start, end]
    return []


def _is_start(told: Told, known: Known) -> bool:
    statement = known.statement
    if statement.attribute:
        return bool(_START.search(statement.attribute)) and not known.own
    if statement.id == "opened_at":
        return True
    marks = statement.reading.marks
    return not known.own and any(m.entry.key == "began" for m in marks)


def _is_end(told: Told, known: Known) -> bool:
    statement = known.statement
    if statement.attribute:
        return bool(_END.search(statement.attribute))
    return statement.type in ("restored", "resolved") or any(
        p.state in ("restored", "resolved") and not p.loose for p in statement.polars
    )
