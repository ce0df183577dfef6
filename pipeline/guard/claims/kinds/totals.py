"""Is `all` told of what the record tells of a number, or of some? Whatever the whole may be called.

The events that a sentence speaks of are found by all its words. Where none of them tells anything of a
whole, and one counts or names a part, the whole is the writer's own, even if a line about something
else, which is enough for `universals`, speaks of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..lexicon import Mark
from ..matching import Event, aligned

KIND = "scope"
_NEAR, _MOST_NEAR = 0.6, 3
"""Events that share so much with the sentence as the best one does are meant as well, and how many."""
_PLAIN = 3.0
"""How much the best event must share, in the weights of rare words."""
_PART = frozenset({"some", "only", "most"})
_NO_WHOLE = re.compile(
    r"\s?(?:times?\b|day|night|morning|afternoon|evening|week|month|year|hour|minute|but\b|in\b|that\b|of (?:this|that|it)\b|[A-Z]{2,4}\b)"
    r"|\s?(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|of (?:them|these|those)\b|[,.;:，。；、]|$)"
    r"|\s?(?:the )?(?:other|rest|others)\b|事件|流程|过程|天|日|周|月|年|夜|次|小时|时间|上午|下午|晚"
)
"""`all times`, `every morning`, `all five`, 整个过程: of time, of a number that is told, or of nothing."""
_NO_WHOLE_BEFORE = re.compile(
    r"(?:\bof|\bit|\band|\bthey|\bwe|\bthem|\bto|\bdear|\bhello|\bhi|\bthank|\btell|\bup)\s$|(?:[、的和]|致|请)$",
    re.IGNORECASE,
)
_LOOSE = frozenset({"everything", "whole", "entire", "each", "整个", "各"})


def totals(told: Told) -> Iterator[Claim]:
    marks = [m for m in told.reading.within(told.reading.whole, "scope") if _is_whole(told, m)]
    if not marks:
        return
    near = _near(told)
    if not near or any("all" in _scopes(told, event) for event in near):
        return
    if any(_is_of_a_part(told, event) for event in near):
        reason = because("claim_of_a_part")
        yield told.unsupported(KIND, marks[0].start, marks[0].end, reason)


def _is_whole(told: Told, mark: Mark) -> bool:
    text = told.reading.text
    if mark.entry.key != "all" or text[mark.start : mark.end].lower() in _LOOSE:
        return False
    if told.is_advice(mark.start) or _NO_WHOLE.match(text, mark.end):
        return False
    if _NO_WHOLE_BEFORE.search(text[: mark.start]) or _is_idle(told, mark):
        return False
    # `214 balances were wrong, all corrected` is of those that were counted before.
    end = told.reading.clause(mark.start)[1]
    return not any(q.start < end for q in told.reading.quantities)


def _is_idle(told: Told, mark: Mark) -> bool:
    """`not all`, 所有者: a part of another word of the lexicon."""
    return any(
        m.entry.key in ("idle", "some", "most")
        and m.start <= mark.start
        and mark.end <= m.end
        and m is not mark
        for m in told.reading.within(told.reading.whole, "scope")
    )


def _near(told: Told) -> list[Event]:
    index = told.index
    ranked = aligned(told.reading, told.reading.whole, index.events, index.weights)
    if not ranked or ranked[0][0] < _PLAIN:
        return []
    return [e for score, e in ranked[:_MOST_NEAR] if score >= _NEAR * ranked[0][0]]


def _scopes(told: Told, event: Event) -> set[str]:
    readings = [s.reading for s in told.index.of_event(event.id)]
    return {m.entry.key for r in readings for m in r.within(r.whole, "scope")}


def _is_of_a_part(told: Told, event: Event) -> bool:
    counts = any(s.reading.quantities for s in told.index.of_event(event.id))
    return counts or bool(_scopes(told, event) & _PART)
