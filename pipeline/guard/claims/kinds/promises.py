"""Did somebody promise that? What is told of the future needs a fact or an event that says so (N2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told
from ..kin import KIN
from ..lexicon import Entry, Mark
from ..reading import Span
from ..statements import Statement

KIND = "promise"
_TELLING = re.compile(
    r"\b(?:will|shall|'ll)\s+(?:\w+\s)?(?:update|inform|notify|tell|let|keep|share|post|write|report|hear|contact|be in touch|send|call|get back|come back|follow|provide|communicate|announce)\b"
    r"|(?:会|将)(?:再|及时|继续|随时|尽快|立即|第一时间|另行|按时|会|向您|在此)*(?:通报|告知|更新|通知|联系|同步|说明|告诉|反馈|发布|公布|公告|答复|回复)",
    re.IGNORECASE,
)
_REMAINING = re.compile(
    r"\b(?:will|may|might) (?:not )?(?:be able|continue|remain|stay|see|need|notice|find|have to)\b",
    re.IGNORECASE,
)
_FUTURE_ATTRIBUTES = re.compile(
    r"promis|next_|deadline|due|expected|scheduled|ends|starts|decision|arrival|eta|planned|temporary|quota_ends|retention|review"
)


def promises(told: Told) -> Iterator[Claim]:
    seen: set[int] = set()
    future = told.reading.within(told.reading.whole, "future")
    for mark in (*future, *_said_with_hui(told)):
        clause = told.reading.clause(mark.start)
        if mark.entry.key == "not_future":
            continue
        if clause[0] in seen or told.is_advice(mark.start):
            continue
        seen.add(clause[0])
        claim = _judged(told, mark)
        if claim is not None:
            yield claim


def _said_with_hui(told: Told) -> Iterator[Mark]:
    """会 is a promise where its clause names a moment; alone it is a habit or a talent."""
    text = told.reading.text
    for found in _HUI.finditer(text):
        clause = told.reading.clause(found.start())
        if any(clause[0] <= m.start < clause[1] for m in told.reading.moments):
            yield Mark(_FUTURE, found.start(), found.end())


def _judged(told: Told, mark: Mark) -> Claim | None:
    text, clause = told.reading.text, told.reading.clause(mark.start)
    if _TELLING.search(text, max(0, mark.start - 2)) and not told.reading.moments:
        return None
    words = [
        w
        for w in told.reading.words_in((clause[0], clause[1]))
        if not (mark.start <= w.start < mark.end)
    ]
    if not words or _past(text, mark) or _FORBIDS.match(text, mark.end):
        return None
    promised = [s for s in told.index.statements if _is_promise(s)]
    words = [w for w in words if told.index.can_be_judged(w)] or words
    scored = [(sum(told.index.holds(s, w) for w in words) / len(words), s) for s in promised]
    deeds = _deeds(told, mark, clause)
    found = [
        s for share, s in scored if share >= 0.5 and (not deeds or deeds & _all_deeds(told, s))
    ]
    found += [
        s
        for share, s in scored
        if _same_time(told, clause, s) and (not deeds or share > 0 or deeds & _all_deeds(told, s))
    ]
    linked = {n.key for n in told.reading.identifiers}
    found += [s for s in promised if linked & {n.key for n in s.reading.identifiers}]
    if found or (_TELLING.search(text) and promised):
        return told.supported(KIND, mark.start, mark.end, found or promised)
    return told.unsupported(
        KIND, mark.start, clause[1], "nobody is recorded as having promised that"
    )


def _same_time(told: Told, clause: Span, statement: Statement) -> bool:
    """The very moment that was promised."""
    mine = {
        (m.day and m.day[1:], m.minute)
        for m in told.reading.moments
        if clause[0] <= m.start < clause[1]
    }
    theirs = {(m.day and m.day[1:], m.minute) for m in statement.reading.moments}
    return bool(mine & theirs)


_FORBIDS = re.compile(
    r"\s?(?:不(?:再)?(?:允许|得|可|能|准)|no longer be (?:allowed|possible|accepted)|not be (?:allowed|accepted))"
)
"""A rule from now on, which is no result that anybody waits for."""
_HUI = re.compile(r"(?<![机社集例不约议学])会(?=[\u4e00-\u9fff])(?![议场员话诊计商客签自])")
_FUTURE = Entry("future", "will", "will", 1, None)
_STATES = frozenset({"health", "progress", "complete", "closed", "known"})


def _deeds(told: Told, mark: Mark, clause: Span) -> frozenset[str]:
    """What is promised to be done or to be so."""
    after = [p for p in told.polars if mark.end <= p.start < clause[1] and p.group != "act:tell"]
    acts = {
        k for p in after if p.group.startswith("act:") for k in KIN.get(p.group[4:], frozenset({p.group[4:]}))
    }
    states = {f"{p.group}{p.sign}" for p in after if p.group in _STATES}
    return frozenset(f"act:{k}" for k in acts) or frozenset(states)


def _all_deeds(told: Told, statement: Statement) -> frozenset[str]:
    own = told.index.of_event(statement.event or "") if statement.attribute else [statement]
    acts = {p.group for s in (statement, *own) for p in s.polars if p.group.startswith("act:")}
    return frozenset(acts | {f"{p.group}{p.sign}" for p in statement.polars})


def _past(text: str, mark: Mark) -> bool:
    """`was expected to`, `was planned`: told of what was to come then; `not expected`, of nothing."""
    before = text[max(0, mark.start - 12) : mark.start].lower()
    return bool(re.search(r"\b(?:not|was|were|than|as|had)\s+$|非|没有|未|原$", before))


def _is_promise(statement: Statement) -> bool:
    if statement.attribute:
        return bool(_FUTURE_ATTRIBUTES.search(statement.attribute))
    reading = statement.reading
    if any(
        m.entry.category in ("future", "conditions") or m.entry.key == "next_update"
        for m in reading.marks
    ):
        return True
    return any(
        m.minute is not None
        and re.search(
            r"\b(?:by|until|next|at)\s$|前|下次|下一次",
            reading.text[max(0, m.start - 6) : m.end + 3],
        )
        for m in reading.moments
    )
