"""Is something said of every one of them, where no statement that speaks of a whole speaks of them?

A careful reader of `every store`, 全部 looks for a line that says all, both, each, none or only of the
same things. Where there is none, or where the line counts a part of them, the whole was invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..alignment import aligned, content_of
from ..claim import Claim, Told, because
from ..lexicon import Mark
from ..reading import Span
from ..statements import Statement

KIND = "scope"
_WHOLE = re.compile(
    r"\b(?:both|each|none|nobody|no|only|neither|\d+ of \d+|100 ?%)\b|均|都|全|各|没有|无|仅|只",
    re.IGNORECASE,
)
"""Words by which a line may speak of a whole, or of the absence of any exception."""
_NO_WHOLE = re.compile(
    r"\s?(?:the )?(?:affected|times?|days?|nights?|mornings?|afternoons?|evenings?|minutes?|hours?|weeks?|months?|years?|"
    r"but|in|this|that|went|still|have|has|are|were|is|was|told|set|good|clear|of (?:you|us|this|it)|(?:of (?:the|this|that) |an? )?(?:thing|story|episode|incident|outage|affair|matter|event|process|team|ticket|case|work|repair|exercise)|the (?:time|while|way|more|best))\b"
    r"|受影响|[天日周月年夜次时早晚]|个?小时|分钟|过程|期间|上午|下午|事件|事情|故障|处理|排查|工单|团队|小组|问题|恢复|修复"
)
_ADDRESSED = re.compile(
    r"\b(?:hello|hi|dear|morning|to|tell|told|inform|thank|thanks|ask|asked|remind)\s*$|(?:各位|致|向|给|请|通知|告知|提醒)\s*$",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:not|and|of it|it|at|after|above|first of)\s$|[不非]\s?$", re.IGNORECASE
)
_LOOSE = frozenset({"everything", "everywhere", "without exception", "全线", "各地"})
_OUT_OF = re.compile(
    r"(\d[\d,]*)\s?(?:/|of|out of)\s?(?:the )?(\d[\d,]*)|(\d[\d,]*)\s?[\u4e00-\u9fff]{0,2}中的?\s?(\d[\d,]*)"
)
_LEAST, _NEAR = 2.0, 0.6
"""Weight, and share of the clause, that a line must hold which counts a part of what is told of all."""
_BESIDE = 8
"""Characters from the word for all to the number that says how many they are."""


def universals(told: Told) -> Iterator[Claim]:
    reading = told.reading
    for mark in reading.within(reading.whole, "scope"):
        if mark.entry.key != "all" or told.is_advice(mark.start) or told.is_quoted(mark.start):
            continue
        clause = reading.clause(mark.start)
        if part := _counted_in_part(told, clause):
            reason = because("claim_part_counted")
            yield told.contradicted(KIND, mark.start, mark.end, [part], reason)
            return
        if _says_no_whole(told, mark, clause):
            continue
        if not any(_speaks_of_them(told, clause, s) for s in told.index.statements):
            reason = because("claim_no_line_of_whole")
            yield told.unsupported(KIND, mark.start, mark.end, reason)
            return


def _counted_in_part(told: Told, clause: Span) -> Statement | None:
    """The line that says most of the clause, of so many out of more."""
    content = content_of(told.reading, clause, told.index)
    near = aligned(content, told.index, told.index.statements, around=False)
    near = [one for one in near if one.weight >= _LEAST and one.share >= _NEAR]
    if not near or any(_is_scoped(one.statement) for one in near):
        return None
    return next((one.statement for one in near if _is_of_a_part(one.statement)), None)


def _is_of_a_part(statement: Statement) -> bool:
    found = _OUT_OF.search(statement.reading.text)
    if found is None:
        return any(m.entry.key == "some" for m in statement.reading.marks)
    one, other = (int(n.replace(",", "")) for n in found.groups() if n)
    return one != other


def _is_scoped(statement: Statement) -> bool:
    scopes = statement.reading.within(statement.reading.whole, "scope")
    return any(m.entry.key == "all" for m in scopes)


def _says_no_whole(told: Told, mark: Mark, clause: Span) -> bool:
    """`all day`, `it all`, `all 29`: of a time, of nothing named, or counted."""
    text = told.reading.text
    words = text[mark.start : mark.end].lower()
    if words in _LOOSE or _NO_WHOLE.match(text, mark.end):
        return True
    if _ADDRESSED.search(text, 0, mark.start) or _NOT_ALL.search(text, 0, mark.start):
        return True
    if any(0 <= q.start - mark.end <= _BESIDE for q in told.reading.quantities):
        return True
    before = told.reading.words_in((clause[0], mark.start))
    floats = words in ("全部", "全都", "悉数", "一律")
    return not told.reading.words_in(clause) or (floats and not before)


def _speaks_of_them(told: Told, clause: Span, statement: Statement) -> bool:
    if statement.id == "record":
        return False
    if not _is_scoped(statement) and not _WHOLE.search(statement.reading.text):
        return False
    keys = statement.reading.keys
    return any(w.keys & keys for w in told.reading.words_in(clause))
