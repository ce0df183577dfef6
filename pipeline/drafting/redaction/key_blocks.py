"""Which lines of a conversation are parts of a private key whose head stands in a line before?"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY", re.IGNORECASE)
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY", re.IGNORECASE)
_BODY = re.compile(r"\s*(?:[A-Za-z0-9+/=]{16,76}|[A-Za-z-]{4,20}: .*)\s*")
MOST_ROWS = 120
"""Of the longest key that people paste."""


def key_lines(texts: Sequence[str]) -> frozenset[int]:
    """The places of its rows after the head, which is found by itself; rows of talk between them stay."""
    found: set[int] = set()
    left = 0
    for n, text in enumerate(texts):
        if _HEAD.search(text) and not _END.search(text):
            left = MOST_ROWS
        elif left and _END.search(text):
            found.add(n)
            left = 0
        elif left:
            left -= 1
            if _BODY.fullmatch(text):
                found.add(n)
    return frozenset(found)
