"""Which words are a password though nothing calls them one? Those that one of the shapes hands over, and that are
written like one: `use Sunny-Day-12 to sign in`, and not `use Office365 to sign in`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import handed_shapes as shapes
from .told_passwords import is_password

_NO_PHRASE = re.compile(
    r"[账帐号机版端器网这那你我他她的旧新]|电脑|系统|节点|用户|邮箱|错误|密码|口令|至少|最少|长度|小于|大于|超过"
)
_NO_HAN = re.compile(
    r"[的忘改丢换输吗呢么空错对不没无有已要被请由从在否谁]|多少|正确|过期|重置|修改|默认|必填"
)
_MARK = re.compile(r"[!@#$%^&*+~?]")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")
_OTHER = re.compile(
    r"https?:|//|^[/~.\\-]|\\|^[a-z]:|@[\w-]+\.\w|\d\.\d|\d[:/]\d|\d{4}-\d\d|^0x|[\w-]\.[a-z]{2,6}$|[(){}<>|=]"
    r"|^(?-i:[A-Z]{1,10})[-_]?\d+(?-i:[A-Z]{0,3})$|_\w+_",
    re.IGNORECASE,
)
"""Addresses, paths, moments, versions, numbers of tickets."""
_PRODUCT = re.compile(
    r"(?:ms)?(?:windows|win|office|server|exchange|outlook|chrome|edge|firefox|safari|sql|sqlserver|ubuntu|centos|debian"
    r"|word|excel|iphone|ipad|android|ios|macos|ipv|utf|http|tls|tlsv|sha|python|java|oracle|sharepoint|teams|visio"
    r"|project|autocad|acrobat|photoshop|build|version|release|floor|room|building|line|port|error|event|node|worker"
    r"|dynamics|laptop|desktop|printer|print|wifi|wlan|vlan|vpn|mail|portal|gateway|thinkpad|galaxy|mate|base)"
    r"[-_]?v?\d{1,5}[a-z]{0,8}",
    re.IGNORECASE,
)
_BEHIND = ".,:;'\")]}”’`"
"""Marks of the sentence, or of the quotation."""


@dataclass(frozen=True, slots=True)
class _Form:
    signs: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]
    counts: Callable[[str], bool]

    def may_be_in(self, lowered: str) -> bool:
        return all(any(sign in lowered for sign in group) for group in self.signs)


def _is_mixed(value: str) -> bool:
    """Letters with a digit or a mark, and no other thing's name."""
    if not _LETTER.search(value) or not (_DIGIT.search(value) or _MARK.search(value)):
        return False
    bare = value.rstrip("!?")
    return not (_OTHER.search(value) or _PRODUCT.fullmatch(bare))


def is_strong(value: str) -> bool:
    """With a digit or mark and a capital beside small letters, or ending in a year."""
    if len(value) < 6 or value.isupper() or not _is_mixed(value):
        return False
    has_digit, has_cases = bool(_DIGIT.search(value)), value != value.lower()
    if _MARK.search(value[:-1]):
        return has_digit or has_cases
    return has_digit and (has_cases or value[-4:].isdigit())


def _is_pointed(value: str) -> bool:
    return (value.isdigit() and len(value) >= 4) or (len(value) >= 5 and _is_mixed(value))


def _is_phrase(value: str) -> bool:
    return not _NO_PHRASE.search(value)


def _is_told(value: str) -> bool:
    return "{" not in value and is_password(value, by_sign=False)


def _is_told_in_han(value: str) -> bool:
    return not _NO_HAN.search(value)


def _always(_value: str) -> bool:
    return True


def _forms(listed: tuple[tuple[str, str], ...], counts: Callable[[str], bool]) -> Iterator[_Form]:
    for signs, pattern in listed:
        groups = tuple(tuple(group.strip().split("|")) for group in signs.split("&"))
        yield _Form(groups, re.compile(pattern, re.IGNORECASE), counts)


_FORMS = (
    *_forms(shapes.STRONG, is_strong),
    *_forms(shapes.POINTED, _is_pointed),
    *_forms(shapes.PHRASED, _is_phrase),
    *_forms(shapes.TOLD, _is_told),
    *_forms(shapes.TOLD_IN_HAN, _is_told_in_han),
    *_forms(shapes.CERTAIN, _always),
)
_OF_LATIN = tuple(form for form in _FORMS if any(map(str.isascii, form.signs[0])))
"""Most lines of a system's log hold no other character, and are read by half of the forms."""


def handed_in(text: str, lowered: str) -> Iterator[tuple[int, int]]:
    """Where they stand, in a text of one width; `lowered` is the same in small letters."""
    for form in _OF_LATIN if text.isascii() else _FORMS:
        if form.may_be_in(lowered):
            for found in form.pattern.finditer(text):
                value = found["value"].rstrip(_BEHIND)
                if form.counts(value):
                    yield found.start("value"), found.start("value") + len(value)
