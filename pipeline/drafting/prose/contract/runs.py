"""Are these somebody else's words? Some in a row are; fewer are everybody's."""

from __future__ import annotations

import re

IN_A_ROW, IN_A_ROW_ZH = 8, 9
"""Words, or Chinese characters."""
_UNIT = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[a-z0-9'’_]+")
Run = tuple[str, ...]


def runs_of(text: str) -> frozenset[Run]:
    """Every run of one script, in small letters, marks left out. `text` is folded."""
    units = _UNIT.findall(text.lower())
    return frozenset(
        (*_of_script(units, IN_A_ROW, han=False), *_of_script(units, IN_A_ROW_ZH, han=True))
    )


def _of_script(units: list[str], length: int, *, han: bool) -> list[Run]:
    if len(units) < length:
        return []
    fits = [(unit >= "\u3400") is han for unit in units]
    return [
        tuple(units[n : n + length])
        for n in range(len(units) - length + 1)
        if all(fits[n : n + length])
    ]
