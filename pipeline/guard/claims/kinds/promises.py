"""Did somebody promise that? What is told of the future needs a fact or an event that says so (N2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..alignment import aligned, content_of
from ..claim import Claim, Told, because
from ..instants import resolved
from ..kin import KIN
from ..lexicon import Entry, Mark
from ..polarity import Polar, is_ba
from ..reading import Span
from ..statements import Statement

KIND = "promise"
_NOBODY = because("claim_no_promise")
_SHARE = 0.45
"""Of what is promised that a statement about what is to come must hold."""
_SAME = 0.6
"""The same, of a statement that tells it as done or as a habit."""
_TELLING = re.compile(
    r"\b(?:will|shall|'ll) be back (?:with|to)\b|\bwe(?: will| shall|'ll) be back\b|\b(?:will|shall|'ll)\s+(?:\w+\s)?(?:update|inform|notify|tell|let (?:you|everyone|people|users)|keep (?:you|everyone|all|users)|report back|hear|contact|write|report|be in touch|get back|come back to|follow|communicate|announce|(?:send|share|post|provide|give|issue|publish)\b[\w ]{0,20}\b(?:update|news|word|information|details?|notice)s?)\b"
    r"|(?:会|将)(?:再|及时|继续|随时|尽快|立即|第一时间|另行|按时|会|向您|在此|[在于][^,，。;；]{1,14}?)*(?:通报|告知|更新|通知|联系|同步|说明|告诉|反馈|发布|公布|公告|答复|回复)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?<!by )(?<!, )\bwhen\b|\b(?:whether|how long|what time|if)\b|何时|什么时候|是否|能否",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:an?|the|this|that|our|its|no|only an|rough|first) $", re.IGNORECASE)
"""`the plan`, `only an estimate`: a thing, and nothing that is to come."""
_FORBIDS = re.compile(
    r"\s?(?:不(?:再)?(?:允许|得|可|能|准)|no longer be (?:allowed|possible|accepted)|not be (?:allowed|accepted))"
)
"""A rule from now on, which is no result that anybody waits for."""
_DUE = re.compile(r"due|expected|eta|deadline|close_at|review")
"""Facts that announce a moment, whatever is to be done by it."""
_TURNS = frozenset({"health1", "closed1", "known1"})
"""Outcomes that no announced moment stands for by itself."""
_PRONOUN = re.compile(r"\bdo (?:it|that|this|so)\b|照办|照做|这样做", re.IGNORECASE)
_HUI = re.compile(
    r"(?<![机社集例不约议学也都还才就])会(?=[\u4e00-\u9fff])(?![议场员话诊计商客签自之前后上期])"
)
_FUTURE = Entry("future", "will", "will", 1, None)
_STATES = frozenset({"health", "progress", "complete", "closed", "known", "recoverable"})


def promises(told: Told) -> Iterator[Claim]:
    seen: set[int] = set()
    future = told.reading.within(told.reading.whole, "future")
    for mark in (*future, *_said_with_hui(told)):
        clause = told.reading.clause(mark.start)
        if _NOUN.search(told.reading.text, 0, mark.start):
            continue
        if mark.entry.key == "not_future" or is_ba(told.reading.text, mark):
            continue
        if clause[0] in seen or told.is_advice(mark.start):
            continue
        seen.add(clause[0])
        claim = _judged(told, mark, clause)
        if claim is not None:
            yield claim


def _said_with_hui(told: Told) -> Iterator[Mark]:
    """会 is a promise where its clause names a moment to come; alone it is a habit or a talent."""
    for found in _HUI.finditer(told.reading.text):
        clause = told.reading.clause(found.start())
        now = told.index.record.now
        moments = [m for m in told.reading.moments if clause[0] <= m.start < clause[1]]
        instants = [known[0] for m in moments if (known := resolved(m, now, now))]
        if any(at > now for at in instants):
            yield Mark(_FUTURE, found.start(), found.end())


def _judged(told: Told, mark: Mark, clause: Span) -> Claim | None:
    text = told.reading.text
    telling = _TELLING.search(text, max(0, mark.start - 4), clause[1])
    if (telling and not told.reading.moments) or _past(text, mark) or _is_asked(text, mark, clause):
        return None
    if _FORBIDS.match(text, mark.end) or not told.reading.words_in(clause):
        return None
    found = _promised(told, mark, clause, telling=bool(telling))
    if found:
        return told.supported(KIND, mark.start, mark.end, found)
    return told.unsupported(KIND, mark.start, clause[1], _NOBODY)


def _promised(told: Told, mark: Mark, clause: Span, *, telling: bool) -> list[Statement]:
    """Statements about what is to come that say most of it, or that name its moment."""
    ahead = [s for s in told.index.statements if s.is_ahead]
    if telling:
        return ahead
    outcome = _outcome(told, mark, clause)
    content = content_of(told.reading, clause, told.index, lambda w: w.start != mark.start)
    able = [s for s in ahead if not outcome or outcome & _outcomes(told, s)]
    found = [
        one.statement
        for one in aligned(content, told.index, able, around=False)
        if one.share >= _SHARE
    ]
    found += [s for s in able if _same_time(told, clause, s)]
    if not found and not outcome & _TURNS:
        found = [s for s in ahead if _DUE.search(s.attribute) and _same_time(told, clause, s)]
        found += _of_it(told, clause, ahead)
    if not found and not outcome:
        rest = [s for s in told.index.statements if s.role != "requester"]
        near = aligned(content, told.index, rest, around=False)
        found = [one.statement for one in near if one.share >= _SAME]
    return found


def _of_it(told: Told, clause: Span, ahead: list[Statement]) -> list[Statement]:
    """`we do it over lunch`: of a deed that the record names elsewhere, and of no other moment."""
    if told.moments_in(clause):
        return []
    acts = {p.group[4:] for p in told.polars if p.clause == clause and p.group[:4] == "act:"}
    named = frozenset().union(*(s.acts for s in told.index.statements))
    return [s for s in ahead if acts & named and _PRONOUN.search(s.reading.text)]


def _same_time(told: Told, clause: Span, statement: Statement) -> bool:
    """The very moment that was promised."""
    same = any(
        m.minute == o.minute and (m.day is None or o.day is None or m.day[1:] == o.day[1:])
        for m in told.moments_in(clause)
        for o in statement.reading.moments
    )
    return same or _same_day(told, clause, statement)


def _same_day(told: Told, clause: Span, statement: Statement) -> bool:
    """`tomorrow`, of what is recorded for that date."""
    now = told.index.record.now
    days = {
        known[0].date()
        for m in told.reading.moments
        if clause[0] <= m.start < clause[1] and m.minute is None
        if (known := resolved(m, now, now))
    }
    theirs = (resolved(m, statement.at, now) for m in statement.reading.moments)
    return bool(days & {known[0].date() for known in theirs if known})


def _outcome(told: Told, mark: Mark, clause: Span) -> frozenset[str]:
    """What is promised to be done or to be so."""

    def follows(polar: Polar) -> bool:
        # `the broken pump will be replaced`: what stands before the verb is the subject.
        return told.is_chinese or polar.start >= mark.end

    inside = [p for p in told.polars if clause[0] <= p.start < clause[1]]
    acts = {
        f"act:{k}"
        for p in inside
        if p.start >= mark.end and p.group.startswith("act:") and p.group != "act:tell"
        for k in KIN.get(p.group[4:], frozenset({p.group[4:]}))
    }
    return frozenset(
        {f"{p.group}{p.sign}" for p in inside if p.group in _STATES and follows(p)} or acts
    )


def _outcomes(told: Told, statement: Statement) -> frozenset[str]:
    own = told.index.of_event(statement.event or "") if statement.attribute else [statement]
    acts = {p.group for s in (statement, *own) for p in s.polars if p.group.startswith("act:")}
    return frozenset(acts | {f"{p.group}{p.sign}" for p in statement.polars})


def _is_asked(text: str, mark: Mark, clause: Span) -> bool:
    """`we cannot say when it will be fixed` promises nothing."""
    return bool(_WHEN.search(text[clause[0] : mark.start]))


def _past(text: str, mark: Mark) -> bool:
    """`was expected to`, `was planned`: told of what was to come then; `not expected`, of nothing."""
    before = text[max(0, mark.start - 12) : mark.start].lower()
    return bool(
        re.search(r"\b(?:not|was|were|than|as|had|been|yet to be)\s+$|非|没有|未|原$", before)
    )
