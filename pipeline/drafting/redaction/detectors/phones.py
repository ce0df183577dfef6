"""Where are telephone numbers? What `phonenumbers` holds valid, and what its writer calls one.

A bare row of digits is one only where it is a Chinese mobile or a trunk number: tickets, times and counts
are rows of digits too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..hits import Hit
from ..kinds import Kind

_CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9_./#=@-])(?<!\d[ ,:])(?:\+|00)?(?:\(\+?\d{1,5}\)|\d)[\d ().-]{5,20}\d"
    r"(?![A-Za-z0-9_]|[.:/@-][A-Za-z0-9_]|,\d{3}|%)"
)
_CALLED = re.compile(
    r"(?:tel|phone|telephone|mobile|cell|call|dial|ext|fax|reach\w* (?:me|him|her|them) (?:at|on)|whatsapp"
    r"|电话|手机|手机号|热线|座机|分机|传真|致电|拨打|联系方式|号码|来电|微信)[^\w\n]{0,4}(?:number|no\.?|号|号码|is|是|为|at|on)?[^\w\n+(]{0,4}$",
    re.IGNORECASE,
)
_NOT_CALLED = re.compile(
    r"(?:ticket|incident|case|request|order|serial|asset|inc|req|sn|id|no\.?|#|error|code|kb|pid|build|version|port|job|task"
    r"|工单|单号|编号|会议|订单|序列号|资产|流水号|错误码|错误|版本|端口|进程|任务|报错)[^\w\n]{0,3}(?:号|number|no\.?|is|为|是)?[^\w\n+]{0,3}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s?(?:bytes?|[kmgt]i?b|ms|s|sec|rows?|records?|lines?|users?|requests?|messages?|errors?|times"
    r"|字节|毫秒|秒|条|个|次|行|人|台|万|元)(?![A-Za-z])",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:\+?86|0086)?[ -]?1[3-9](?:[ -]?\d){9}")
_TRUNK = re.compile(r"\(?0[1-9]\d{1,2}\)?[ -]?\d{3,4}[ -]?\d{4}|[48]00[ -]\d{3,4}[ -]?\d{3,4}")
_FOREIGN = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_LONGEST_BEFORE = 24
_FEWEST_DIGITS = 7
_MOMENT = re.compile(r"(?:19|20)\d{2}[ .-]?(?:0[1-9]|1[0-2])[ .-]?(?:0[1-9]|[12]\d|3[01])(?!\d{3})")


def phones(text: str) -> Iterator[Hit]:
    for found in _CANDIDATE.finditer(text):
        start, written = found.start(), found[0]
        before = text[max(start - _LONGEST_BEFORE, 0) : start]
        called = bool(_CALLED.search(before))
        if not called and _is_something_else(text, before, found):
            continue
        key = _number(written, called=called)
        if key is not None:
            yield Hit(Kind.PHONE, start, found.end(), key)


def _is_something_else(text: str, before: str, found: re.Match[str]) -> bool:
    if _NOT_CALLED.search(before):
        return True
    return bool(_COUNTED.match(text, found.end())) or bool(_MOMENT.match(found[0]))


def _number(written: str, *, called: bool) -> str | None:
    """In E.164 where the library knows it, its digits where only its writer does; None for no number."""
    digits = "".join(c for c in written if c.isdigit())
    if len(digits) < _FEWEST_DIGITS:
        return None
    if written.startswith(("+", "(+", "00")):
        return _valid("+" + digits.removeprefix("00"), None)
    for shape, region in ((_MOBILE, "CN"), (_TRUNK, "CN"), (_FOREIGN, "US")):
        if shape.fullmatch(written):
            return _valid(written, region) or (digits if called else None)
    if not called:
        return None
    found = (_valid(written, region) for region in ("CN", "US", "GB"))
    return next((number for number in found if number), digits if len(digits) <= 12 else None)


def _valid(written: str, region: str | None) -> str | None:
    # Its tables take a tenth of a second to load, and few texts hold a number.
    import phonenumbers

    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
