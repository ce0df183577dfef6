"""What stands in a text where a value differs by reader, and how words from outside are made harmless.

A mark is a slot's name between two private-use characters, which no incoming text can hold.
"""

from __future__ import annotations

import re
from functools import lru_cache

OPEN, CLOSE = "\ue000", "\ue001"
BREAK = "\u2028"
"""Stands for a line break inside a value until its line is known to be a quotation."""
_LINE_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\u0085\u2028\u2029]")
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~{}])")
_LEADING = re.compile(r"^(\s*)([#+\-=>]|\d+(?=[.)]))")
_SPACES = re.compile(r"\s+")


class Mark(str):
    """A mark as a template's value: no escaping touches it."""

    __slots__ = ()


def mark(slot: str) -> Mark:
    return Mark(f"{OPEN}{slot}{CLOSE}")


@lru_cache(maxsize=256)
def clean(text: str) -> str:
    """Text from outside without control, bidirectional, invisible and private-use characters."""
    return _HARMFUL.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " ")).strip()


def one_line(text: str) -> str:
    """The same words on one line."""
    return _SPACES.sub(" ", clean(text)).strip()


def escape_markdown(text: str) -> str:
    """No character of a value means anything to a chat's Markdown."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return "\n".join(_LEADING.sub(_escape_leading, line) for line in escaped.split("\n"))


def _escape_leading(found: re.Match[str]) -> str:
    space, first = found.groups()
    return f"{space}{first}\u200d" if first.isdigit() else f"{space}\\{first}"


_WIDE = "\u2e80"
"""From here on characters are two columns wide."""


def columns(text: str) -> int:
    """The width on a screen: a wide character (Chinese) takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(c >= _WIDE for c in text)


def shorten(text: str, width: int, end: str = "…") -> str:
    """At most `width` columns; what was left out shows as `end`."""
    # A text of more characters than columns is too wide however narrow they are.
    if len(text) <= width and columns(text) <= width:
        return text
    room, kept = width - columns(end), 0
    for place, character in enumerate(text):
        kept += 2 if character >= _WIDE else 1
        if kept > room:
            return text[:place].rstrip() + end
    return text
