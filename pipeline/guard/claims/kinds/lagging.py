"""Does the text lag behind the record: still down, still open, not restored, its cause not known?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ..claim import Claim, Told, because
from ..polarity import Polar
from .states import NOW, OVER, against

KIND = "state"
_SO_FAR = re.compile(r"\bknown (?:to|so far)\b|已知|共有|累计|统计", re.IGNORECASE)


def lagging(told: Told) -> Iterator[Claim]:
    yield from _unrestored(told)
    yield from _unknown(told)
    yield from _reopened(told)
    yield from _persisting(told)


def _persisting(told: Told) -> Iterator[Claim]:
    """`still down` of something that is over."""
    record = told.index.record
    if not told.index.is_over:
        return
    for polar in told.polars:
        if polar.group != "health" or polar.sign > 0 or polar.loose:
            continue
        still = [
            m for m in told.reading.within(polar.clause, "still") if abs(m.start - polar.start) < 30
        ]
        if (
            not still
            or told.reading.moments
            or told.reading.lastings
            or told.is_advice(polar.start)
            or _SO_FAR.search(told.reading.text)
        ):
            continue
        keys = told.reading.keys_in(polar.clause) - {"effects:health"}
        left = [
            s
            for s in told.index.statements
            if s.at >= _restored_at(told)
            and ("health", -1) in s.groups
            and s.reading.within(s.reading.whole, "still")
            and keys & told.index.around(s)
        ]
        if not left:
            yield told.contradicted(
                KIND,
                polar.start,
                polar.end,
                [f"phase:{record.phase or record.state}"],
                because("claim_over"),
            )


def _reopened(told: Told) -> Iterator[Claim]:
    """`still open` of a ticket that is not."""
    if told.index.record.state not in OVER:
        return
    for polar in told.polars:
        if (
            polar.group == "closed"
            and polar.sign < 0
            and not polar.loose
            and NOW.search(told.reading.text)
            and not _is_only_resolved(told, polar)
        ):
            state = told.index.record.state
            yield told.contradicted(
                KIND, polar.start, polar.end, against(told), because("claim_state", state=state)
            )


def _is_only_resolved(told: Told, polar: Polar) -> bool:
    """`resolved, not closed`, which is what the record says."""
    words = told.reading.text[polar.start : polar.end].lower()
    return told.index.record.state == "resolved" and "open" not in words and "开" not in words


def _unknown(told: Told) -> Iterator[Claim]:
    """`the cause is not known`, where it was confirmed."""
    sure = told.index.known_causes
    if not sure or not told.reading.within(told.reading.whole, "causes"):
        return
    for polar in told.polars:
        if polar.group == "known" and polar.sign < 0 and not polar.loose:
            yield told.contradicted(
                KIND, polar.start, polar.end, sure, because("claim_cause_known")
            )


def _unrestored(told: Told) -> Iterator[Claim]:
    """`not yet restored` of something that is over."""
    record = told.index.record
    over = record.phase == "resolved" or record.state in OVER
    if not over or told.reading.moments or told.is_verbatim:
        return
    for polar in told.polars:
        counted = any(polar.clause[0] <= q.start < polar.start for q in told.reading.quantities)
        if counted:
            continue  # so many of them
        if polar.key in ("restored", "resolved") and polar.denied and not polar.loose:
            yield told.contradicted(
                KIND, polar.start, polar.end, against(told), because("claim_over")
            )


def _restored_at(told: Told) -> datetime:
    times = [s.at for s in told.index.statements if s.type in ("restored", "resolved")]
    return max(times, default=told.index.record.now)
