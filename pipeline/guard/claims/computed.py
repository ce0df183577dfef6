"""Is a number computed from recorded ones: a share, a change, a sum or a difference?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .atoms import Quantity
from .claim import Told
from .factors import alike, measures
from .rounding import agrees
from .statements import Statement

_MORE = re.compile(
    r"\b(?:more|fewer|further|total|altogether|in all|remaining|rest|left|other|another)\b|合计|共|其余|剩|另有|另外|总计|余下",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:points?|below|above|lower|higher|fell|fallen|rose|risen|drop\w*|down by|up by|less|reduced|increased|cut)\b|\b(?:vanished|lost|gone|off|shrank|shrunk|shorter|shortened|away|went)\b|百分点|下降了|上升了|降了|升了|降幅|增幅|涨幅|回落|减少|增加|低|高|少了|多了|少|跌|掉|降",
    re.IGNORECASE,
)
_LIMIT = 14
"""Characters within which a word for a limit speaks of the number."""
_FELLOWS = re.compile(
    r"\b(?:colleagues?|others?|more|further|another|other)\b|同事|另有|另外|其他|其余",
    re.IGNORECASE,
)


def is_computed(told: Told, claimed: Quantity) -> bool:
    """A share of two recorded numbers, how much one of them changed, or a sum or difference."""
    known = told.index.quantities
    if claimed.unit == "percent" and claimed.spelled and _is_part(told, claimed):
        return True
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
    says = _tells_a_change(told, claimed)
    if not says:
        return
    for a, s in told.index.quantities:
        for b, t in told.index.quantities:
            if a.value <= b.value or a.unit != b.unit or not _counts(claimed, a, b):
                continue
            one = bool(s.attribute) and (s.attribute, s.what) == (t.attribute, t.what)
            of_one_kind = bool(a.nouns & b.nouns) or not (a.nouns or b.nouns)
            if one or (s is t and of_one_kind):
                unit = "points" if a.unit == "percent" and claimed.unit == "points" else a.unit
                apart = round(a.value - b.value, 6)
                yield replace(claimed, value=apart, low=apart, high=apart, unit=unit, bound="")


def _tells_a_change(told: Told, claimed: Quantity) -> bool:
    """`Points` tells one of shares alone: anything else may be counted in points."""
    text = told.reading.text
    said = {m[0].lower() for m in _CHANGE.finditer(text)}
    if claimed.unit not in ("percent", "points"):
        said -= {"point", "points"}
    return bool(said or _MORE.search(text) or _FELLOWS.search(text))


def _counts(claimed: Quantity, *known: Quantity) -> bool:
    """Whether numbers that say what they count say that they count what is claimed."""
    return all(not one.nouns or bool(one.nouns & claimed.nouns) for one in known)


def _is_share(told: Told, claimed: Quantity) -> bool:
    if told.reading.within((claimed.start - _LIMIT, claimed.end + _LIMIT), "thresholds"):
        return False
    counts = [(q, s) for q, s in told.index.quantities if not q.unit and q.value > 0]
    slack = 0.5 if not claimed.bound and claimed.low == claimed.high else 2.5
    slack = max(slack, (claimed.high - claimed.low) / 2)
    middle = (claimed.high + claimed.low) / 2
    for part, s in counts:
        for whole, t in counts:
            if part.value >= whole.value or not (
                _stated(part, whole) or _of_one_thing(part, s, whole, t)
            ):
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


def _is_part(told: Told, claimed: Quantity) -> bool:
    """`less than half the limit`, `down by four fifths`: of any two measures of one thing."""
    known = measures(told.index)
    says = bool(_CHANGE.search(told.reading.text))
    for part, unit, of_part in known:
        for whole, other, of_whole in known:
            if unit != other or not 0 < part < whole or not alike(of_part, of_whole):
                continue
            share = 100 * part / whole
            if claimed.low <= share <= claimed.high or (
                says and claimed.low <= 100 - share <= claimed.high
            ):
                return True
    return False


def _of_one_thing(part: Quantity, s: Statement, whole: Quantity, t: Statement) -> bool:
    """Numbers that say no more than their sentences do: of one event, or told in the same words."""
    if alike(s, t):
        return True
    return not (part.nouns or whole.nouns) and len(s.keys & t.keys) > 1


def _stated(part: Quantity, whole: Quantity) -> bool:
    """Both numbers count things of one kind."""
    return bool(part.nouns & whole.nouns)
