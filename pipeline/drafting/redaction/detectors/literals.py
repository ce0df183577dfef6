"""Where has somebody written what looks like a placeholder or a slot, such as `{P1}` or `{F12}`?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..hits import Hit
from ..kinds import Kind

LOOKS_LIKE = re.compile(r"\{\s*[A-Za-z]\s*\d{1,9}\s*[a-z]{0,3}\s*\}")


def literals(text: str) -> Iterator[Hit]:
    if "{" not in text:
        return
    for found in LOOKS_LIKE.finditer(text):
        yield Hit(Kind.LITERAL, *found.span(), found[0])
