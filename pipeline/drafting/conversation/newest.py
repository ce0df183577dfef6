"""How is a log cut that is far too long to be read whole? From its oldest end, whichever end that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

MOST_ROWS = 40_000
"""Rows of a text: ten thousand messages with heads, words and empty rows."""
MOST_ENTRIES = 12_000
"""Messages of an export, mails of an archive."""

_T = TypeVar("_T")


def newest(entries: Sequence[_T], written: Callable[[_T], str]) -> tuple[list[_T], int]:
    """The newest entries in their own order, and how many were left out. `written` is a time whose text
    sorts as the time does, near enough to know the old from the new."""
    if len(entries) <= MOST_ENTRIES:
        return list(entries), 0
    order = sorted(range(len(entries)), key=lambda n: written(entries[n]))
    kept = sorted(order[-MOST_ENTRIES:])
    return [entries[n] for n in kept], len(entries) - len(kept)


def newest_rows(text: str, *, on_top: bool) -> tuple[str, int]:
    """The rows of the newer end, and how many rows with words were left out."""
    if text.count("\n") < MOST_ROWS:
        return text, 0
    rows = text.split("\n")
    kept, left = (
        (rows[:MOST_ROWS], rows[MOST_ROWS:]) if on_top else (rows[-MOST_ROWS:], rows[:-MOST_ROWS])
    )
    return "\n".join(kept), sum(1 for row in left if row.strip())
