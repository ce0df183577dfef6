"""Is every number told of what it was recorded of? Compared as (what, attribute, value), not as a string.

A limit is not a measurement: a number that the record gives only as a threshold may not be told as one
that was measured, nor the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..atoms import Quantity
from ..claim import Claim, Told, because
from ..computed import is_computed
from ..factors import founded, recorded
from ..rounding import agrees, units_agree
from ..statements import Statement

KIND = "number"
_MEASURED = re.compile(
    r"\b(?:measured|recorded|reading|stood at|reached|offline|failing)\b|测得|实测|达到|升至|降至|降到",
    re.IGNORECASE,
)
_FACTOR = re.compile(
    r"(?:倍|半|x|s (?:the|as|higher|more|that|what|its|over|lower)\b)", re.IGNORECASE
)
_IF = re.compile(r"if|unless|once|as soon as|whenever|一旦|如果|若|如有", re.IGNORECASE)
_ALARM = re.compile(r".{0,6}(?:alarm|alert|告警|报警)", re.IGNORECASE)
_ALARM_AT = re.compile(
    r"\b(?:alarm|alert|warning)s? (?:\w+ )?at $|(?:告警|报警|预警)(?:\w{0,4})?[为在]$", re.I
)
_OF_ALARM = re.compile(
    r"\s?的?(?:低|高)?\w{0,6}(?:告警|报警|预警)|的?线[上下以]|\s\w* ?(?:alarm|alert)\b", re.I
)
"""`an alert at 5 GB`, 5GB 的低存储告警, 95% 的线下面: a limit in other words."""
_STANDS_ALONE = re.compile(r"\s?(?:[,.;:)]|(?:of|at|in|on|was|is|were|are|had|has|and|went)\b)")
_SETTING = frozenset({"act:scale", "act:configure", "act:reduce"})
_LIST_MARK = re.compile(r"^\s*\(?\d{1,2}[.)、]\s*")
_PART_OF = re.compile(r"\b(?:of|out of|among)\b|中|里|其中|当中|之中|/", re.IGNORECASE)
_SHOULD = re.compile(
    r"\b(?:should|would|must|ought to|meant to|supposed to)\b.{0,24}\b(?:alarm|alert|fire|trip|trigger)|应(?:当|该)?.{0,8}(?:告警|报警|触发)",
    re.IGNORECASE,
)
"""`85 % should raise an alarm`: a limit in other words."""
_BESIDE = re.compile(
    r"\b(?:above|below|over|under|than|exceed\w*|within|beyond|past|crossed|maximum|max|at least|at most)\b|超过|高于|低于|以上|以下|超出|比|不超|不到|之内|以内|突破|满",
    re.IGNORECASE,
)
_SMALL = 12
"""Up to which a number of no named thing may be a number of anything."""
_LISTED = re.compile(r"[\w\u4e00-\u9fff]{2}(?:和|与|及|、)\s?[\w-]{1,12}\s?$")
"""伦敦和利兹两个客服中心: the writer counted what is listed."""
_PEOPLE_LIKE = (
    {"people", "sessions", "attempts"},
    {"orders", "requests", "messages", "calls", "tickets", "files", "errors", "times", "attempts"},
    {"files", "services"},
    {"devices", "servers", "switches", "services"},
    {"sites", "departments", "services"},
)


def numbers(told: Told) -> Iterator[Claim]:
    reading = told.reading
    listed = _LIST_MARK.match(reading.text)
    for claimed in reading.quantities:
        if listed and claimed.start < listed.end():
            continue
        if claimed.spelled and claimed.value <= 3 and not claimed.nouns and not claimed.unit:
            continue
        if _in_name(told, claimed) or _is_label(told, claimed) or _is_reference(told, claimed):
            continue
        if claimed.unit == "times" and _FACTOR.match(reading.text, claimed.end - 1):
            yield _factor(told, claimed)
            continue
        yield from _judged(told, claimed)


def _is_label(told: Told, claimed: Quantity) -> bool:
    """`plant 2`, `packing line 3`: the number says which one, and stands in the record too."""
    text = told.reading.text
    digits = text[claimed.start : claimed.end].strip()
    counts = claimed.nouns and not _STANDS_ALONE.match(text, claimed.end)
    if not digits.isdigit() or len(digits) > 3 or claimed.unit or counts:
        return False
    labelled = re.search(
        r"(?:\b[a-zA-Z]{3,} |\b[Nn]o\. ?|#|[\u4e00-\u9fff])$", text[: claimed.start]
    )
    spoken = "零一二三四五六七八九十"[int(digits)] if int(digits) <= 10 else digits
    return bool(labelled) and bool(
        re.search(
            rf"(?<![\d:.\-]){digits}(?![\d:.%\-])|{spoken}(?=[\u4e00-\u9fff])", told.index.lower
        )
    )


def _is_reference(told: Told, claimed: Quantity) -> bool:
    """`case, 7004512`: long digits without marks, which stand in the record as they are."""
    digits = told.reading.text[claimed.start : claimed.end].strip()
    if re.fullmatch(r"\d+\.\d+", digits) and not claimed.unit:
        return bool(re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d.])", told.index.lower))
    return (
        digits.isdigit()
        and len(digits) >= 5
        and bool(re.search(rf"(?<!\d){digits}(?!\d)", told.index.lower))
    )


def _factor(told: Told, claimed: Quantity) -> Claim:
    found = founded(told, claimed.value, claimed.start, claimed.end)
    found = found or recorded(told.index, claimed.value)
    if found:
        return told.supported("comparison", claimed.start, claimed.end, found)
    reason = because("claim_no_such_ratio")
    return told.unsupported("comparison", claimed.start, claimed.end, reason)


def _judged(told: Told, claimed: Quantity) -> Iterator[Claim]:
    equal = [(q, s) for q, s in told.index.quantities if agrees(claimed, q)]
    exact = [(q, s) for q, s in equal if q.value == claimed.value]
    if exact and not claimed.bound:
        equal = exact
    fitting = [(q, s) for q, s in equal if _fits(told, claimed, q, s)]
    if fitting:
        kept = [s for q, s in fitting if _same_role(told, claimed, q, s)]
        if kept and _hardened(told, claimed, kept):
            reason = because("claim_estimated")
            yield told.contradicted("certainty", claimed.start, claimed.end, kept, reason)
        elif kept and _of_the_whole(told, claimed, kept):
            reason = because("claim_number_of_whole")
            yield told.contradicted("scope", claimed.start, claimed.end, kept, reason)
        elif kept:
            yield told.supported(KIND, claimed.start, claimed.end, _nearest(told, claimed, kept))
        else:
            reason = because("claim_number_is_limit")
            found = [s for _, s in fitting]
            yield told.contradicted("threshold", claimed.start, claimed.end, found, reason)
        return
    if any(q.value == claimed.value and units_agree(claimed, q) for q, _ in told.index.quantities):
        return  # of what, the writer may call by another name
    if is_computed(told, claimed) or _of_time(told, claimed) or _unfounded_small(told, claimed):
        return
    others = [s for q, s in told.index.quantities if _comparable(told, claimed, q, s)]
    if others:
        reason = because("claim_says", said=others[0].reading.text[:60])
        yield told.contradicted(KIND, claimed.start, claimed.end, others, reason)
    else:
        yield told.unsupported(KIND, claimed.start, claimed.end, because("claim_no_number"))


def _of_the_whole(told: Told, claimed: Quantity, kept: list[Statement]) -> bool:
    """The total told as the number of those hit."""
    clause = told.reading.clause(claimed.start)
    signs = {p.sign for p in told.polars if p.group == "health" and p.clause == clause}
    hit = signs == {-1}
    facts = [s for s in kept if s.attribute and s.id != "record"]
    if not hit or not facts or not all(s.attribute == "total" for s in facts):
        return False
    return not _PART_OF.search(told.reading.text)


def _hardened(told: Told, claimed: Quantity, kept: list[Statement]) -> bool:
    """An estimate told as a count."""
    clause = told.reading.clause(claimed.start)
    if told.reading.within(clause, "conditions", "future"):
        return False
    if claimed.bound or told.is_hedged or claimed.low != claimed.high:
        return False
    facts = [s for s in kept if s.attribute]
    firm = any(s.type and s.status == "confirmed" for s in kept)
    return bool(facts) and not firm and all(s.status == "suspected" for s in facts)


def _fits(told: Told, claimed: Quantity, known: Quantity, statement: Statement) -> bool:
    """Of the same thing: the words around the number are shared with the statement or its event."""
    if claimed.nouns and known.nouns and claimed.nouns & known.nouns:
        return True
    if statement.id == "record" and not claimed.nouns and not claimed.unit:
        return True
    alike = any(claimed.nouns & kin and known.nouns & kin for kin in _PEOPLE_LIKE)
    apart = bool(claimed.nouns and known.nouns) and not alike
    if not told.index.is_written_in(told.is_chinese):
        return (
            not apart or claimed.value > _SMALL
        )  # its words cannot be looked for in the other language
    shared = told.reading.keys & told.index.around(statement)
    if apart:
        return False
    distinct = (
        claimed.value >= 100
        or claimed.value != int(claimed.value)
        or claimed.unit not in ("", "times")
        or (claimed.value > _SMALL and not claimed.nouns)
    )
    return bool(shared) or distinct or not told.reading.keys


def _same_role(told: Told, claimed: Quantity, known: Quantity, statement: Statement) -> bool:
    if any(p.group in _SETTING and not _ALARM.match(told.reading.text, p.end) for p in told.polars):
        return True  # a limit that was changed
    limit = told.index.is_limit(known, statement)
    if limit and _SHOULD.search(told.reading.text):
        return True
    clause = told.reading.clause(claimed.start)
    told_as_limit = bool(told.limits_in(clause)) or any(
        _IF.fullmatch(told.reading.text, m.start, m.end)
        for m in told.reading.within(clause, "conditions")
    )
    if limit and not told_as_limit and _MEASURED.search(told.reading.text, *clause):
        return False
    if limit and not told_as_limit:
        before = told.reading.text[clause[0] : claimed.start]
        after = told.reading.text[claimed.end : claimed.end + 6]
        beside = _BESIDE.search(before) or re.match(
            r"\s?(?:以上|以下|以内|or more|or less|at wh|where)", after
        )
        beside = beside or _ALARM_AT.search(before)
        beside = beside or _OF_ALARM.match(told.reading.text, claimed.end)
        return bool(beside) or _mark_of_limit(told)
    return True


def _mark_of_limit(told: Told) -> bool:
    return bool(told.limits_in(told.reading.whole))


def _nearest(told: Told, claimed: Quantity, found: list[Statement]) -> list[Statement]:
    keys = told.reading.keys_in(told.reading.clause(claimed.start))
    return sorted(found, key=lambda s: -len(keys & s.keys))


def _comparable(told: Told, claimed: Quantity, known: Quantity, statement: Statement) -> bool:
    if not units_agree(claimed, known) or (
        claimed.nouns and known.nouns and not claimed.nouns & known.nouns
    ):
        return False
    return bool(told.reading.keys & statement.keys)


def _of_time(told: Told, claimed: Quantity) -> bool:
    """`95 seconds on one, six on the other`: a number whose unit was said before."""
    if claimed.unit or claimed.nouns or claimed.ordinal:
        return False
    lengths = {claimed.value * grain for grain in (0.001, 1, 60, 3600, 86_400)}
    return bool(told.reading.lastings) and any(q.seconds in lengths for q, _ in told.index.lastings)


def _unfounded_small(told: Told, claimed: Quantity) -> bool:
    """`two teams`, `three steps`: the writer counted them, and no number of their kind is recorded."""
    if not (claimed.spelled and claimed.value <= 4 and not claimed.unit) or claimed.ordinal:
        return False
    if _LISTED.search(told.reading.text, 0, claimed.start):
        return True
    return not any(q.nouns & claimed.nouns for q, _ in told.index.quantities if q.value > 1)


def _in_name(told: Told, claimed: Quantity) -> bool:
    """`Hall 3`, `3 号楼`: a part of a name, which must stand in the record as it is."""
    text = told.reading.text
    name = re.search(r"([A-Z][\w-]*) $", text[: claimed.start])
    if (
        name
        and f"{name[1]} {text[claimed.start : claimed.end].strip()}".lower() in told.index.lower
    ):
        return True
    after = re.match(r"\s?[号楼层座栋期区线][\u4e00-\u9fff]{0,2}", text[claimed.end :])
    if after is None:
        return False
    return re.sub(r"\s", "", text[claimed.start : claimed.end] + after[0]) in told.index.bare
