"""Is every number told of what it was recorded of? Compared as (what, attribute, value), not as a string.

A limit is not a measurement: a number that the record gives only as a threshold may not be told as one
that was measured, nor the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import floor, log10

from ..atoms import Quantity
from ..claim import Claim, Told
from ..factors import founded
from ..statements import Statement

KIND = "number"
_FACTOR = re.compile(
    r"(?:倍|半|x|s (?:the|as|higher|more|that|what|its|over|lower)\b)", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:points?|below|above|lower|higher|fell|fallen|rose|risen|drop\w*|down by|up by|less|reduced|increased|cut)\b|\b(?:vanished|lost|gone|off|shrank|shrunk|shorter|shortened|away|went)\b|百分点|下降了|上升了|降了|升了|减少|增加|低|高|少了|多了|少|跌|掉|降",
    re.IGNORECASE,
)
_IF = re.compile(r"if|unless|once|as soon as|whenever|一旦|如果|若|如有", re.IGNORECASE)
_SETTING = frozenset({"act:scale", "act:configure", "act:reduce"})
_FELLOWS = re.compile(
    r"\b(?:colleagues?|others?|more|further|another|other)\b|同事|另有|另外|其他|其余",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^\s*\(?\d{1,2}[.)、]\s*")
_MORE = re.compile(
    r"\b(?:more|fewer|further|total|altogether|in all|remaining|rest|left|other|another)\b|合计|共|其余|剩|另有|另外|总计|余下",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\b(?:of|out of|among)\b|中|里|其中|当中|之中|/", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:above|below|over|under|than|exceed\w*|within|beyond|past|crossed|maximum|max|at least|at most)\b|超过|高于|低于|以上|以下|超出|比|不超|不到|之内|以内|突破|满",
    re.IGNORECASE,
)
_PEOPLE_LIKE = (
    {"people", "sessions", "attempts"},
    {"orders", "requests", "messages", "calls", "tickets", "files", "errors", "times", "attempts"},
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
        if _in_name(told, claimed) or _is_reference(told, claimed):
            continue
        if claimed.unit == "times" and _FACTOR.match(reading.text, claimed.end - 1):
            yield _factor(told, claimed)
            continue
        yield from _judged(told, claimed)


def _is_reference(told: Told, claimed: Quantity) -> bool:
    """`case, 7004512`: long digits without marks, which stand in the record as they are."""
    digits = told.reading.text[claimed.start : claimed.end]
    return (
        digits.isdigit()
        and len(digits) >= 5
        and bool(re.search(rf"(?<!\d){digits}(?!\d)", told.index.lower))
    )


def _factor(told: Told, claimed: Quantity) -> Claim:
    found = founded(told, claimed.value, claimed.start, claimed.end)
    if found:
        return told.supported("comparison", claimed.start, claimed.end, found)
    reason = "no two recorded numbers are so many times one another"
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
            reason = "the record only estimates this number"
            yield told.contradicted("certainty", claimed.start, claimed.end, kept, reason)
        elif kept and _of_the_whole(told, claimed, kept):
            reason = "the record gives this number as the whole, not as those affected"
            yield told.contradicted("scope", claimed.start, claimed.end, kept, reason)
        elif kept:
            yield told.supported(KIND, claimed.start, claimed.end, _nearest(told, claimed, kept))
        else:
            reason = "the record gives this number as a limit, not as a measurement, or the reverse"
            found = [s for _, s in fitting]
            yield told.contradicted("threshold", claimed.start, claimed.end, found, reason)
        return
    if _computed(told, claimed) or _unfounded_small(told, claimed):
        return
    others = [s for q, s in told.index.quantities if _comparable(told, claimed, q, s)]
    if others:
        reason = f"the record says {others[0].reading.text[:60]}"
        yield told.contradicted(KIND, claimed.start, claimed.end, others, reason)
    else:
        yield told.unsupported(KIND, claimed.start, claimed.end, "the record holds no such number")


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
    return bool(facts) and all(s.status == "suspected" for s in facts)


def agrees(claimed: Quantity, known: Quantity) -> bool:
    """Equal, honestly rounded, or within what the claim's `over` or `nearly` leaves open."""
    value, actual = claimed.value, known.value
    if not _units_agree(claimed, known):
        return False
    if claimed.ordinal != known.ordinal and claimed.ordinal and not known.nouns & {"times"}:
        return False
    if value == actual:
        return True
    if value < 0 or actual < 0:
        return abs(value) == abs(actual) and claimed.unit not in ("dbm", "celsius")
    if claimed.bound in ("over", "under", "nearly", "vague") or claimed.low != claimed.high:
        return claimed.low <= actual <= claimed.high and (
            claimed.bound != "over" or actual >= value
        )
    if known.bound and known.low != known.high and known.low <= value <= known.high:
        return claimed.bound != ""
    if claimed.bound == "about" or (claimed.spelled and value >= 100 and value % 100 == 0):
        return value in set(_roundings(actual)) or _is_rounder(value, actual)
    return actual != int(actual) and value in (round(actual), floor(actual + 0.5), round(actual, 1))


def _is_rounder(value: float, actual: float) -> bool:
    """Said with fewer digits, and near enough for `about`."""
    digits = len(f"{value:.0f}".rstrip("0"))
    fewer = digits < len(f"{actual:.0f}".rstrip("0"))
    return value >= 10 and fewer and abs(value - actual) <= 0.05 * actual


def _roundings(actual: float) -> Iterator[float]:
    """Every honest way of rounding: to fewer digits, and to fives."""
    if actual <= 0:
        return
    digits = floor(log10(actual))
    for place in range(digits, -3, -1):
        unit = 10.0**place
        yield round(floor(actual / unit + 0.5) * unit, 6)
        if actual >= 20 and place >= 0:
            yield round(floor(actual / (unit * 5) + 0.5) * unit * 5, 6)
    yield round(actual)


def _units_agree(claimed: Quantity, known: Quantity) -> bool:
    if claimed.unit == known.unit or not (claimed.unit or claimed.nouns):
        return True  # `from forty per cent to six`
    if claimed.unit.startswith("per") and claimed.unit != "percent":
        return known.unit == ""
    loose = {"times", "", "perminute", "persecond", "perhour"}
    return claimed.unit in loose and known.unit in loose


def _fits(told: Told, claimed: Quantity, known: Quantity, statement: Statement) -> bool:
    """Of the same thing: the words around the number are shared with the statement or its event."""
    if claimed.nouns and known.nouns and claimed.nouns & known.nouns:
        return True
    if statement.id == "record" and not claimed.nouns and not claimed.unit:
        return True
    alike = any(claimed.nouns & kin and known.nouns & kin for kin in _PEOPLE_LIKE)
    if not told.index.is_written_in(told.is_chinese):
        return True  # its words cannot be looked for in the other language
    shared = told.reading.keys & told.index.around(statement)
    if claimed.nouns and known.nouns and not alike:
        return False
    distinct = (
        claimed.value >= 100
        or claimed.value != int(claimed.value)
        or claimed.unit not in ("", "times")
    )
    return bool(shared) or distinct or not told.reading.keys


def _same_role(told: Told, claimed: Quantity, known: Quantity, statement: Statement) -> bool:
    if any(p.group in _SETTING for p in told.polars):
        return True  # a limit that was changed
    limit = told.index.is_limit(known, statement)
    clause = told.reading.clause(claimed.start)
    told_as_limit = bool(told.reading.within(clause, "thresholds")) or any(
        _IF.fullmatch(told.reading.text, m.start, m.end)
        for m in told.reading.within(clause, "conditions")
    )
    if limit and not told_as_limit:
        before = told.reading.text[clause[0] : claimed.start]
        after = told.reading.text[claimed.end : claimed.end + 6]
        beside = _BESIDE.search(before) or re.match(
            r"\s?(?:以上|以下|以内|or more|or less|at wh|where)", after
        )
        return bool(beside) or _mark_of_limit(told)
    return True


def _mark_of_limit(told: Told) -> bool:
    return bool(told.reading.within(told.reading.whole, "thresholds"))


def _nearest(told: Told, claimed: Quantity, found: list[Statement]) -> list[Statement]:
    keys = told.reading.keys_in(told.reading.clause(claimed.start))
    return sorted(found, key=lambda s: -len(keys & s.keys))


def _comparable(told: Told, claimed: Quantity, known: Quantity, statement: Statement) -> bool:
    if not _units_agree(claimed, known) or (
        claimed.nouns and known.nouns and not claimed.nouns & known.nouns
    ):
        return False
    return bool(told.reading.keys & statement.keys)


def _computed(told: Told, claimed: Quantity) -> bool:
    """A share of two recorded numbers, how much one of them changed, or a sum or difference."""
    known = told.index.quantities
    if claimed.unit == "percent" and _is_share(told, claimed):
        return True
    if any(agrees(claimed, change) for change in _changes(told, claimed)):
        return True
    if _FELLOWS.search(told.reading.text) and any(
        q.value == claimed.value + 1 and q.nouns & claimed.nouns for q, _ in known
    ):
        return True
    text = told.reading.text
    if not _MORE.search(text) and not (claimed.unit and _CHANGE.search(text)):
        return False
    same = [
        q.value
        for q, _ in known
        if q.unit == claimed.unit and (q.nouns & claimed.nouns or not claimed.nouns)
    ]
    return any(
        claimed.value in (a + b, round(a - b, 6))
        for n, a in enumerate(same)
        for b in same[:n] + same[n + 1 :]
    )


def _changes(told: Told, claimed: Quantity) -> Iterator[Quantity]:
    """By how much two values of one thing differ: of one attribute, or of one sentence that tells a change."""
    says = bool(_CHANGE.search(told.reading.text))
    for a, s in told.index.quantities:
        for b, t in told.index.quantities:
            if a.value <= b.value or a.unit != b.unit:
                continue
            one = bool(s.attribute) and (s.attribute, s.what) == (t.attribute, t.what)
            if one or (s is t and says):
                unit = "points" if a.unit == "percent" and claimed.unit == "points" else a.unit
                apart = round(a.value - b.value, 6)
                yield replace(claimed, value=apart, low=apart, high=apart, unit=unit, bound="")


def _is_share(told: Told, claimed: Quantity) -> bool:
    if told.reading.within(told.reading.clause(claimed.start), "thresholds"):
        return False
    counts = [(q, s) for q, s in told.index.quantities if not q.unit and q.value > 0]
    slack = 0.5 if not claimed.bound and claimed.low == claimed.high else 2.5
    slack = max(slack, (claimed.high - claimed.low) / 2)
    middle = (claimed.high + claimed.low) / 2
    for part, s in counts:
        for whole, t in counts:
            if part.value >= whole.value or not _stated(told, part, whole):
                continue
            share = 100 * part.value / whole.value
            if abs(share - middle) <= slack:
                return True
            changed = (s is t or (s.attribute == t.attribute and s.attribute)) and _CHANGE.search(
                told.reading.text
            )
            if changed and abs(100 - share - middle) <= slack:
                return True
    return False


def _stated(told: Told, part: Quantity, whole: Quantity) -> bool:
    """Both numbers count things of one kind."""
    return bool(part.nouns & whole.nouns) or not (part.nouns or whole.nouns)


def _unfounded_small(told: Told, claimed: Quantity) -> bool:
    """`two teams`, `three steps`: the writer counted them, and no number of their kind is recorded."""
    if not (claimed.spelled and claimed.value <= 4 and not claimed.unit) or claimed.ordinal:
        return False
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
