"""Are these somebody else's words? Some in a row are; fewer are everybody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

IN_A_ROW, IN_A_ROW_ZH = 8, 9
"""Words, or Chinese characters."""
SHORTEST, SHORTEST_ZH = 5, 6
"""Of a text that has no more, all of it."""
_UNIT = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[a-z0-9'’_]+")
Run = tuple[str, ...]


def runs_of(text: str) -> frozenset[Run]:
    """The runs by which a text is known where it is repeated: in small letters, marks left out, of one script.
    `text` is folded."""
    units = _UNIT.findall(text.lower())
    found = set(_of_length(units, IN_A_ROW, han=False)) | set(
        _of_length(units, IN_A_ROW_ZH, han=True)
    )
    for n, han in ((SHORTEST, False), (SHORTEST_ZH, True)):
        if n <= len(units) < _longest(han):
            found |= set(_of_length(units, len(units), han=han))
    return frozenset(found)


def within(text: str) -> frozenset[Run]:
    """Every run that `runs_of` could know another text by."""
    units = _UNIT.findall(text.lower())
    return frozenset(
        run
        for n, han in ((SHORTEST, False), (SHORTEST_ZH, True))
        for length in range(n, _longest(han) + 1)
        for run in _of_length(units, length, han=han)
    )


def _longest(han: bool) -> int:
    return IN_A_ROW_ZH if han else IN_A_ROW


def _of_length(units: Sequence[str], length: int, *, han: bool) -> Iterator[Run]:
    fits = [(unit >= "\u3400") is han for unit in units]
    for n in range(len(units) - length + 1):
        if all(fits[n : n + length]):
            yield tuple(units[n : n + length])
