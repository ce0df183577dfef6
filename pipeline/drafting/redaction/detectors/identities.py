"""Where are numbers that stand for a person or her money? Those whose check digits agree (python-stdnum),
and passports, numbers and birthdays that are called so.

A number inside a longer one is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..hits import Hit
from ..kinds import Kind

_EDGE, _END = r"(?<![A-Za-z0-9_.])", r"(?![A-Za-z0-9_]|\.\d)"
_RESIDENT = re.compile(rf"{_EDGE}\d{{6}}[ -]?\d{{8}}[ -]?\d{{3}}[\dXx]{_END}")
_CARD = re.compile(
    rf"{_EDGE}(?<!\d[ -])[2-6]\d{{3}}(?:[ -]?\d{{4}}){{2,3}}[ -]?\d{{1,7}}{_END}(?![ -]\d)"
)
_AMEX = re.compile(rf"{_EDGE}3[47]\d{{2}}[ -]?\d{{6}}[ -]?\d{{5}}{_END}")
_IBAN = re.compile(
    rf"{_EDGE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?{_END}"
)
_SOCIAL = re.compile(rf"{_EDGE}(?<!-)\d{{3}}-\d{{2}}-\d{{4}}{_END}(?!-)")
_PASSPORT = re.compile(
    r"(?:passport|护照)[^\w\n]{0,4}(?:number|no\.?|号码|号)?[^\w\n]{0,4}(?:is|是|为)?[^\w\n]{0,4}"
    rf"(?P<value>(?=[A-Z0-9]*\d{{4}})[A-Z0-9]{{7,9}}){_END}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:身份证|社保|identity card|id card)[^\w\n]{0,3}(?:号码|编号|号|number|no\.?)?[^\w\n]{0,4}(?:is|是|为)?[^\w\n]{0,4}"
    rf"(?P<value>\d{{14,17}}[\dXx]){_END}",
    re.IGNORECASE,
)
"""Also one with a wrong digit: it is called so."""
_BORN = re.compile(
    r"(?:(?<![a-z])(?:birthday|birth ?date|date of birth|dob|born)(?![a-z])|生日|出生日期|出生于)[^\w\n]{0,4}"
    r"(?:is|was|on|是|为)?[^\w\n]{0,4}(?P<value>(?:19|20)\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日?|\d{4})"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_NOT_A_CARD = re.compile(
    r"(?:ticket|incident|case|order|serial|trace|request|session|job|#"
    r"|工单|单号|编号|订单|序列号|流水号|请求|会话)[^\n]{0,6}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{4}")


def identities(text: str) -> Iterator[Hit]:
    if not _DIGITS.search(text):
        return
    for shape, valid in _CHECKED:
        for found in shape.finditer(text):
            compact = re.sub(r"[ -]", "", found[0]).upper()
            if valid(compact) and not _is_called_otherwise(text, found):
                yield Hit(Kind.IDENTITY, *found.span(), compact)
    for called in (_PASSPORT, _NAMED, _BORN):
        for found in called.finditer(text):
            yield Hit(Kind.IDENTITY, *found.span("value"), found["value"].upper())


def _is_called_otherwise(text: str, found: re.Match[str]) -> bool:
    return bool(_NOT_A_CARD.search(text[max(found.start() - 24, 0) : found.start()]))


def _resident(compact: str) -> bool:
    from stdnum.cn import ric

    return bool(ric.is_valid(compact))


def _card(compact: str) -> bool:
    """The lengths and first digits that cards have, and Luhn's sum: nine random numbers of ten fail it."""
    from stdnum import luhn

    issuers = (
        "4",
        "51",
        "52",
        "53",
        "54",
        "55",
        "2",
        "34",
        "37",
        "35",
        "36",
        "60",
        "62",
        "64",
        "65",
    )
    return 13 <= len(compact) <= 19 and compact.startswith(issuers) and bool(luhn.is_valid(compact))


def _iban(compact: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(compact))


def _social(compact: str) -> bool:
    from stdnum.us import ssn

    return bool(ssn.is_valid(compact))


_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_RESIDENT, _resident),
    (_CARD, _card),
    (_AMEX, _card),
    (_IBAN, _iban),
    (_SOCIAL, _social),
)
