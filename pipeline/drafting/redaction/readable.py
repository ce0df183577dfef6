"""Which characters reach a model, and in which widths are patterns looked for?"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..marks import clean

if TYPE_CHECKING:
    from opencc import OpenCC

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
"""Joiners and selectors, which `clean` leaves to readers: inside an address they would hide it."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDS = frozenset(map(ord, "，；？！"))
"""Ends of Chinese sentences: what stands before them ends there as well."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in _ENDS}
_NARROW |= {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20, 0x2007: 0x20}
_NARROW |= dict.fromkeys(map(ord, "‐‑‒–—−﹣"), 0x2D)
_NARROW |= {ord("﹕"): 0x3A, ord("﹫"): 0x40}


def readable(text: str) -> str:
    """Without control, bidirectional and invisible characters."""
    return _UNSEEN.sub("", clean(text)).strip()


def likeness(text: str) -> str:
    """The same text in half width and simplified characters, each in its own place: what is found in it
    stands at the same place of `text`."""
    if text.isascii():
        return text
    narrow = text.translate(_NARROW)
    if not _HAN.search(narrow):
        return narrow
    simplified = _simplified().convert(narrow)
    return simplified if len(simplified) == len(narrow) else narrow


@cache
def _simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
