"""Where are mail addresses? Also between Chinese characters, and at Chinese domains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..hits import Hit
from ..kinds import Kind

_LOCAL = r"[A-Za-z0-9_][A-Za-z0-9._%+'-]{0,63}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ASCII = re.compile(rf"(?<![A-Za-z0-9._%+-]){_LOCAL}@{_LABEL}(?:\.{_LABEL})+(?![A-Za-z0-9-])")
_HAN = r"[\w\u4e00-\u9fff-]{1,40}"
_CHINESE = re.compile(rf"[\w.+-]{{1,64}}@{_HAN}(?:\.{_HAN})+")


def mail(text: str) -> Iterator[Hit]:
    if "@" not in text:
        return
    seen = 0
    for found in _ASCII.finditer(text):
        seen += 1
        yield Hit(Kind.EMAIL, *found.span(), found[0].casefold())
    if seen < text.count("@"):
        for found in _CHINESE.finditer(text):
            if not found[0].isascii():
                yield Hit(Kind.EMAIL, *found.span(), found[0].casefold())
