"""Was this done, or is it being done, by these? Every deed needs an event that tells it (N13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told
from ..kin import HARD, KIN, SOFT
from ..lexicon import Mark
from ..named import collapsed, spelled_out
from ..polarity import is_loose
from ..reading import Span, Word
from ..statements import Statement

KIND = "activity"
_WHO_EN = r"(?:engineers?|teams?|technicians?|specialists?|suppliers?|vendors?|we|colleagues|staff|administrators?|developers?|experts?|operators?)"
_DOING = re.compile(
    rf"\b{_WHO_EN}\b(?: (?!is|are|has|have)\w+){{0,3}} (?:is|are|has|have|had|were|was)(?: now| already| since| also| just| been| currently){{0,2}} (?P<deed>\w+(?:ing|ed))\b",
    re.IGNORECASE,
)
_DOING_ZH = re.compile(
    r"(?:工程师|技术人员|技术员|团队|我们|供应商|运维人员|专家|开发人员|管理员)(?:正在|已经?|正|已紧急|已成功|已全部)(?P<deed>[\u4e00-\u9fff]{2})"
)
_QUESTION = re.compile(
    r"\b(?:who|whether|how|what|why|which of)\b(?! (?:was|is|has|have|had|were|are) )|谁|是否|怎么|如何|为何",
    re.IGNORECASE,
)
_PROGRESSIVE = re.compile(r"\b(?:is|are|'re|will be)(?: also| now)? \w+ing\b|正在", re.IGNORECASE)
_AND = re.compile(r"、|\band\b|\bthen\b|并|然后|后(?=[,，仍还又])")
_OF_NOUNS = ("率", "数量", "量", "值", "者", "方案", "单号", "号")
_WHO = frozenset({"look", "own"})


def activities(told: Told) -> Iterator[Claim]:
    for mark in told.reading.within(told.reading.whole, "acts"):
        if told.is_advice(mark.start) or _introduces(told, mark) or _is_asked(told, mark):
            continue
        if mark.entry.group == "supplier":
            yield from _supplier(told, mark)
            continue
        if _is_noun(told, mark) or is_loose(told.reading, mark, told.reading.clause(mark.start)):
            continue
        if any(p.denied and p.start == mark.start for p in told.polars):
            continue
        claim = _judged(told, mark)
        if claim is not None:
            yield claim
    yield from _unknown_deeds(told)


def _unknown_deeds(told: Told) -> Iterator[Claim]:
    """A verb that no lexicon holds, told of those who repair: the record must use it too."""
    if told.is_across:
        return
    for found in (*_DOING.finditer(told.reading.text), *_DOING_ZH.finditer(told.reading.text)):
        at = found.start("deed")
        words = [w for w in told.reading.words if w.start <= at < w.end]
        if told.is_advice(at) or not words or any(":" in k for k in words[0].keys):
            continue
        if told.index.can_be_judged(words[0]) and not told.index.covers(words[0]):
            yield told.unsupported(KIND, at, found.end(), "nobody logged that this was done")


def _introduces(told: Told, mark: Mark) -> bool:
    """排查发现: what follows is the claim."""
    looked = told.reading.within(told.reading.clause(mark.start), "neutral")
    return any(m.entry.key == "looked" and m.start <= mark.start < m.end for m in looked)


def _is_asked(told: Told, mark: Mark) -> bool:
    """`not known who deleted it`, `unable to connect`: nobody is told to have done it."""
    start = told.reading.clause(mark.start)[0]
    if _QUESTION.search(told.reading.text[start : mark.start]):
        return True
    before = [p for p in told.polars if start <= p.start < mark.start and p.sign < 0]
    if any(p.key == "unable" and mark.start - p.end <= 4 for p in before):
        return True
    close = any(p.group in ("health", "known") and mark.start - p.end <= 8 for p in before)
    return close and told.is_chinese


def _supplier(told: Told, mark: Mark) -> Iterator[Claim]:
    """Somebody outside is told of who is in no event."""
    known = any("supplier" in s.acts or s.type == "supplier" for s in told.index.statements)
    roles = any("suppl" in s.keys or "vendor" in s.keys for s in told.index.statements)
    if not known and not roles and not told.is_hedged:
        yield told.unsupported(KIND, mark.start, mark.end, "the record knows no supplier in this")


def _is_noun(told: Told, mark: Mark) -> bool:
    """A thing named after the deed (`the update`, `the rollback plan`), or a part of another word."""
    text = told.reading.text
    overlapped = [
        m
        for m in told.reading.marks
        if m is not mark
        and m.entry.category in ("manner", "roles", "services")
        and m.start <= mark.start
        and mark.end <= m.end
    ]
    if overlapped:
        return True
    if text.startswith(_OF_NOUNS, mark.end) or re.match(r"\s?[A-Z]{2,}-?\d", text[mark.end :]):
        return True
    before = text[: mark.start].rstrip().rsplit(" ", 1)[-1].lower()
    return before in ("next", "further", "another", "no", "any") and mark.start > 0


def _judged(told: Told, mark: Mark) -> Claim | None:
    group = mark.entry.group
    if _by_phase(told, group):
        return told.supported(KIND, mark.start, mark.end, ["phase"])
    kin = KIN.get(group, {group})
    doing = [s for s in told.index.statements if _is_done(told, s, kin) or _typed(s, group)]
    at_once = [s for s in doing if _at_that_time(told, mark, s)]
    if at_once:
        return told.supported(KIND, mark.start, mark.end, at_once)
    about = _object(told, mark)
    if told.is_across and (doing or _logged_then(told, mark)):
        return told.supported(KIND, mark.start, mark.end, doing)
    if not doing:
        if _told_otherwise(told, mark) or (group in SOFT and _is_covered(told, mark)):
            return None
        return told.unsupported(KIND, mark.start, mark.end, "nobody logged that this was done")
    linked = {
        n.key
        for n in told.reading.identifiers
        if told.reading.clause(n.start) == told.reading.clause(mark.start)
    }
    if linked:
        doing = [s for s in doing if linked & _linked(told, s)] or []
        if doing and not (_goes_on(told, mark) and _is_over(told, group)):
            return told.supported(KIND, mark.start, mark.end, doing)
    if not doing:
        if _told_otherwise(told, mark):
            return None
        return told.unsupported(KIND, mark.start, mark.end, "this was logged of something else")
    held = [(sum(told.index.holds(s, w) for w in about), s) for s in doing]
    sharing = [(n, s) for n, s in held if n or not about]
    if sharing:
        if _goes_on(told, mark) and _is_over(told, group) and not _going_on(sharing):
            return told.unsupported(KIND, mark.start, mark.end, "the record says that it is over")
        found = [s for _, s in sorted(sharing, key=lambda pair: -pair[0])]
        return told.supported(KIND, mark.start, mark.end, found)
    if group in _WHO and len(about) <= 2:
        return told.supported(KIND, mark.start, mark.end, doing)
    if _told_otherwise(told, mark) or (group in SOFT and _is_covered(told, mark)):
        return None
    return told.unsupported(KIND, mark.start, mark.end, "this was logged of something else")


def _is_covered(told: Told, mark: Mark) -> bool:
    """At least half of what the clause says else is in the record."""
    about = _object(told, mark)
    return sum(told.index.covers(w) for w in about) * 2 >= len(about)


def _at_that_time(told: Told, mark: Mark, statement: Statement) -> bool:
    """Logged for the very minute that the clause names."""
    clause = told.reading.clause(mark.start)
    minutes = {m.minute for m in told.reading.moments if clause[0] <= m.start < clause[1]} - {None}
    own = {m.minute for m in statement.reading.moments} | {
        statement.at.hour * 60 + statement.at.minute
    }
    return bool(minutes & own)


def _logged_then(told: Told, mark: Mark) -> bool:
    """Some deed was logged for that minute; which one, the other language hides."""
    deeds = [s for s in told.index.statements if s.type and s.acts]
    return any(_at_that_time(told, mark, s) for s in deeds)


def _by_phase(told: Told, group: str) -> bool:
    """The phase itself says that somebody watches, or looks for the cause."""
    phase = told.index.record.phase
    return (group == "watch" and phase == "monitoring") or (
        group == "look" and phase == "investigating"
    )


def _is_done(told: Told, statement: Statement, kin: set[str]) -> bool:
    """Logged as done, not as denied, nor as a mere guess."""
    if statement.status == "suspected" and not told.is_hedged:
        return False
    return any(
        p.group.startswith("act:") and p.group[4:] in kin and not (p.denied or p.loose)
        for p in statement.polars
    )


def _object(told: Told, mark: Mark) -> list[Word]:
    """What else the clause speaks of, without the deed itself and without who did it."""
    words = [
        w
        for w in told.reading.words_in(told.reading.clause(mark.start))
        if not (w.start < mark.end and mark.start < w.end)
    ]
    said = [w for w in words if told.index.can_be_judged(w) and not (w.han and len(w.text) == 1)]
    said = [w for w in said if not any(k.startswith("effects:") for k in w.keys)]
    return [w for w in said if not _is_who(w) and not w.keys & told.index.who]


def _linked(told: Told, statement: Statement) -> set[str]:
    own = told.index.of_event(statement.event or "") or [statement]
    return {
        key
        for s in own
        for n in s.reading.identifiers
        for key in spelled_out(s.reading.text[n.start : n.end])
    } | {collapsed(told.index.record.number)}


def _is_who(word: Word) -> bool:
    return "counts:people" in word.keys or "counts:departments" in word.keys


def _goes_on(told: Told, mark: Mark) -> bool:
    """Told as being done now."""
    text = told.reading.text
    before, words = text[max(0, mark.start - 10) : mark.start].lower(), text[mark.start : mark.end]
    progressive = words.lower().split()[0].endswith("ing") and re.search(
        r"\b(?:is|are|'re|still)\s(?:\w+ )?$", before
    )
    return bool(progressive) or bool(re.search(r"(?:正在|仍在|还在)\S{0,4}$", before))


def _going_on(sharing: list[tuple[int, Statement]]) -> bool:
    """The record too tells it as something that goes on after all is over."""
    return any(_PROGRESSIVE.search(s.reading.text) for _, s in sharing)


def _is_over(told: Told, group: str) -> bool:
    record = told.index.record
    over = record.phase == "resolved" or record.state in ("resolved", "closed")
    return over and group not in (
        "look",
        "watch",
        "verify",
        "tell",
        "ask",
        "review",
        "own",
        "create",
    )


def _typed(statement: Statement, group: str) -> bool:
    kinds = {
        "assigned": {"assign", "own", "look"},
        "declared": {"declare"},
        "noted": {"look"},
        "stated": {"tell"},
        "resolved": {"repair"},
        "restored": {"repair"},
    }
    return group in kinds.get(statement.type, set())


def _same_numbers(told: Told, clause: Span) -> bool:
    """`from 22 to 18`: the record tells the same change of numbers without a verb."""
    values = {q.value for q in told.reading.quantities if clause[0] <= q.start < clause[1]}
    if len(values) < 2:
        return False
    return any(
        values <= {q.value for q in s.reading.quantities} and not s.acts
        for s in told.index.statements
        if s.type
    )


def _told_otherwise(told: Told, mark: Mark) -> bool:
    """The record tells it with a verb that we do not know: nearly all that is said of the deed stands in
    a part of an event in which we recognise no deed at all."""
    start, end = _part(told.reading.text, told.reading.clause(mark.start), mark.start)
    linked = {n.key for n in told.reading.identifiers if start <= n.start < end}
    if _same_numbers(told, (start, end)):
        return True
    words = [w for w in _object(told, mark) if start <= w.start < end]
    if not words or (len(words) == 1 and not linked and mark.entry.group in HARD):
        return False
    least = 0.6 if linked else 0.75
    for keys, named in told.index.quiet_parts:
        if linked and not linked & named:
            continue
        held = sum(bool(w.keys & keys) for w in words)
        if held >= least * len(words):
            return True
    return False


def _part(text: str, clause: Span, at: int) -> Span:
    """The part of a clause between `and` or 、 that a deed stands in."""
    cuts = [m.end() for m in _AND.finditer(text, *clause)]
    start = max([c for c in cuts if c <= at], default=clause[0])
    return start, min([c for c in cuts if c > at], default=clause[1])
