"""How is a file of CSV read, whatever its rows hold? Every reader of ours is made here.

The csv module keeps one limit for the fields of all readers of a process: if each of them set its own, two threads
would read by each other's. So it is set once, above what any of them takes; what is longer than they take, they refuse
themselves.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

LONGEST_FIELD = 1_000_000
"""Characters."""
csv.field_size_limit(LONGEST_FIELD)


def rows_of(lines: Iterable[str], *, delimiter: str = ",", strict: bool = False) -> Reader:
    """One a `next`; raises csv.Error for one that is none, and goes on behind it."""
    return csv.reader(lines, delimiter=delimiter, strict=strict)
