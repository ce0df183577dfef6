"""How are values taken out of a text, so that only the words around them are left?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..domain.communication import Form

VALUE = "\ufffc"
"""Stands where a value stood."""
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>|~{}#+\-=])|(?<=\d)\u200d")
_SPACES = re.compile(r"\s+")
_TIME_SIGNS = frozenset(":：/-.")
_BREAKS = re.compile("[\n\u2028]")


def unescaped(text: str, form: Form) -> str:
    """Chat renditions hold their values escaped for Markdown; the words alone are judged."""
    return _ESCAPE.sub(lambda found: found[1] or "", text) if form is Form.CHAT else text


def spellings(text: str, form: Form) -> set[str]:
    """The ways in which a value may stand in subject and text: whole, on one line, line by line as a
    quotation, with and without the escapes of a chat."""
    found = {text, _SPACES.sub(" ", text).strip()}
    lines = _BREAKS.split(text)
    if len(lines) > 1:
        found.add("\n".join(f"> {line}".rstrip() for line in lines).removeprefix("> "))
    if form is Form.CHAT:
        found |= {unescaped(spelling, form) for spelling in found}
    return {spelling for spelling in found if spelling}


def masked(text: str, values: Iterable[str]) -> str:
    """The longest first, for one value may hold another. Only whole words and numbers count: a `7`
    does not hide the one in 17:00, nor in 7:00."""
    for value in sorted(values, key=len, reverse=True):
        if value in text:
            text = _without(text, value)
    return text


def _without(text: str, value: str) -> str:
    parts, start = [], 0
    place = text.find(value)
    while place >= 0:
        end = place + len(value)
        if _whole(text, place, end):
            parts += [text[start:place], VALUE]
            start = end
        place = text.find(value, max(end, start))
    return "".join((*parts, text[start:]))


def _whole(text: str, place: int, end: int) -> bool:
    """Not a part of a longer word, and a bare number not a part of a time or a date."""
    before, after = text[place - 1 : place], text[end : end + 1]
    if _joins(before, text[place]) or _joins(text[end - 1], after):
        return False
    if not text[place:end].isdigit():
        return True
    return not (
        (after in _TIME_SIGNS and text[end + 1 : end + 2].isdigit())
        or (before in _TIME_SIGNS and text[max(place - 2, 0) : place - 1].isdigit())
    )


def _joins(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def columns(text: str) -> int:
    """The width on a screen: a wide character (Chinese) takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if ord(c) >= 0x2E80 else 1 for c in text)
