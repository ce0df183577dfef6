"""Do words of one text stand in another, in their order?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LATIN, HAN = 5, 9
"""Words, or characters, in a row that make a text somebody else's: fewer are everybody's."""
_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9'_]+")
_ENOUGH = 4096


def in_a_row(text: str, of: str, *, latin: int = LATIN, han: int = HAN) -> bool:
    """Whether so many words of `of` stand in `text` in their order. Both are folded."""
    return any(
        not _runs(text, least, script).isdisjoint(_runs(of, least, script))
        for least, script in ((latin, False), (han, True))
    )


@lru_cache(_ENOUGH)
def _runs(text: str, least: int, han: bool) -> frozenset[tuple[str, ...]]:
    units = _UNIT.findall(text)
    fits = [(unit >= "\u3400") is han for unit in units]
    return frozenset(
        tuple(units[n : n + least])
        for n in range(len(units) - least + 1)
        if all(fits[n : n + least])
    )


@lru_cache(_ENOUGH)
def folded(text: str) -> str:
    """As it is compared: one width, small letters, nothing that nobody sees."""
    seen = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", seen).casefold()
