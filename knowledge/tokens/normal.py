"""How is a text written in one way, whoever wrote it?

Full and half width are one (NFKC), so are capitals, and traditional characters with Taiwan's words for
things (軟體, 伺服器) become the simplified ones (软件, 服务器).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Marks that sit between letters unseen: zero-width, joiners, direction, soft hyphen.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def normal(text: str) -> str:
    """The text in its one way of writing; what it said stays, how it looked is lost."""
    if text.isascii():
        return text.replace("\0", " ").lower()
    # A lone surrogate comes from broken input, and the converter refuses it.
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", clean)).lower()
    return _simplified().convert(plain) if HAN.search(plain) else plain


@cache
def _simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("tw2sp")
