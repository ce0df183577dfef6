"""Is every length of time recorded, or computed from two recorded ends?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..anchors import ends_of
from ..atoms import Lasting
from ..claim import Claim, Told, because
from ..index import Known
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
_BEFORE = re.compile(r"\s?(?:before|earlier|previously|之?前|以前)", re.IGNORECASE)
"""So long before something else, and not before now."""
_NEAR = 18
"""Characters before a length that the word for a limit may stand in."""
_DAY = 86_400


def durations(told: Told) -> Iterator[Claim]:
    for claimed in told.reading.lastings:
        words = told.reading.text[claimed.start : claimed.end]
        if claimed.turn == "ago":
            yield from _ago(told, claimed)
        elif claimed.turn == "ahead" and (known := _ahead(told, claimed)):
            statements = [k.statement for k in known]
            yield told.supported(_RELATIVE, claimed.start, claimed.end, statements)
        elif not _VAGUE.search(words):
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
    elif between := _BEFORE.match(told.reading.text, claimed.end) and ends_of(told, claimed):
        yield told.supported(KIND, claimed.start, claimed.end, [k.statement for k in between])
    else:
        yield told.unsupported(
            _RELATIVE, claimed.start, claimed.end, because("claim_not_so_long_ago")
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
    if limits and len(limits) == len(recorded) and not _as_limit(told, claimed):
        yield told.contradicted(
            "threshold",
            claimed.start,
            claimed.end,
            limits,
            because("claim_length_is_limit"),
        )
        return
    if sharing or (recorded and not told.reading.keys):
        yield told.supported(KIND, claimed.start, claimed.end, sharing or recorded)
        return
    ends = ends_of(told, claimed)
    if ends:
        yield told.supported(KIND, claimed.start, claimed.end, [k.statement for k in ends])
        return
    if recorded and (claimed.seconds % 3600 or claimed.seconds >= _DAY):
        yield told.supported(KIND, claimed.start, claimed.end, recorded)
        return
    others = [s for q, s in told.index.lastings if s.attribute == "duration"]
    if others and _LASTED.search(told.reading.text):
        yield told.contradicted(
            KIND, claimed.start, claimed.end, others, because("claim_other_length")
        )
    else:
        yield told.unsupported(KIND, claimed.start, claimed.end, because("claim_no_such_gap"))


def _is_limit(known: Lasting, statement: Statement) -> bool:
    near = known.start - _NEAR, known.end + 2
    return "threshold" in statement.attribute or bool(statement.reading.within(near, "thresholds"))


def _as_limit(told: Told, claimed: Lasting) -> bool:
    return bool(told.limits_in(told.reading.whole)) or bool(
        _BESIDE.search(told.reading.text, max(0, claimed.start - 25), claimed.end + 8)
    )


def agrees(claimed: Lasting, known: Lasting) -> bool:
    if claimed.seconds == known.seconds:
        return True
    slack = 30.0 if claimed.seconds >= 600 else 0.0
    return claimed.low - slack <= known.seconds <= claimed.high + slack and (
        claimed.low != claimed.high or abs(claimed.seconds - known.seconds) < 1
    )
