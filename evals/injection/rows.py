"""Do words of one text stand in another, in their order?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LATIN, HAN = 5, 9
"""Words, or characters, in a row that make a text somebody else's: fewer are everybody's."""
_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9'_]+")


def in_a_row(text: str, of: str, *, latin: int = LATIN, han: int = HAN) -> bool:
    """Whether so many words of `of` stand in `text` in their order."""
    ours, theirs = _UNIT.findall(text), _UNIT.findall(of)
    return any(
        least <= len(theirs)
        and not _runs(ours, least, script).isdisjoint(_runs(theirs, least, script))
        for least, script in ((latin, False), (han, True))
    )


def _runs(units: Sequence[str], least: int, han: bool) -> set[tuple[str, ...]]:
    found = (tuple(units[n : n + least]) for n in range(len(units) - least + 1))
    return {run for run in found if all((unit >= "\u3400") is han for unit in run)}


def folded(text: str) -> str:
    seen = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", seen).casefold()
