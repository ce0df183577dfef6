"""Which placeholder has a value? The same one wherever it stands in one assignment."""

from __future__ import annotations

import re
from string import ascii_lowercase

from .hits import Hit
from .kinds import Hidden, Kind

PLACEHOLDER = re.compile(r"\{\s*[Pp]\s*(\d{1,9})\s*([a-z]{0,3})\s*\}")


class Placeholders:
    """Numbers are given in the order of first use; those that stand in the texts already are left out.

    A value in another spelling has its number and a letter (`{P3b}`), so that each spelling comes back as
    it was written, while a reader of the placeholders sees that both are one.
    """

    def __init__(self, taken: frozenset[int] = frozenset()) -> None:
        self.mapping: dict[str, Hidden] = {}
        self.values: dict[str, Hit] = {}
        """By original: one hit of it."""
        self._taken = taken
        self._last = 0
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._spellings: dict[tuple[Kind, str], dict[str, str]] = {}

    def of(self, hit: Hit, original: str) -> str:
        value = (hit.kind, hit.key)
        spellings = self._spellings.setdefault(value, {})
        if original not in spellings:
            number = self._numbers.get(value) or self._next(value)
            placeholder = f"{{P{number}{_letters(len(spellings))}}}"
            spellings[original] = placeholder
            self.mapping[placeholder] = Hidden(hit.kind, original)
            self.values.setdefault(original, hit)
        return spellings[original]

    def _next(self, value: tuple[Kind, str]) -> int:
        self._last += 1
        while self._last in self._taken:
            self._last += 1
        self._numbers[value] = self._last
        return self._last


def numbers_in(text: str) -> frozenset[int]:
    """Those of what looks like placeholders already."""
    return frozenset(int(found[1]) for found in PLACEHOLDER.finditer(text))


def _letters(n: int) -> str:
    """Nothing, `b`, `c` … `z`, `ba` …: a number in letters whose nought is not written."""
    if n == 0:
        return ""
    more, last = divmod(n, 26)
    return (_letters(more) if more else "") + ascii_lowercase[last]
