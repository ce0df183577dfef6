"""What do the fields of an export say: texts, people and times in the shapes that products give them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from .stamps import Stamp, dated_stamp

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000
"""Seconds would be the year 5138."""


def mappings(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; nothing for anything else."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def text_field(entry: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that holds a text or a number, else nothing."""
    for name in names:
        value = entry.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
    return ""


def inner(entry: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The object within objects that these names lead to; an empty one where the way ends."""
    for name in names:
        value = entry.get(name)
        if not isinstance(value, Mapping):
            return {}
        entry = value
    return entry


def instant(written: str) -> datetime | None:
    """Seconds or milliseconds since 1970, or None. What is exact in the text stays exact."""
    whole, _, part = written.strip().partition(".")
    if (
        not whole.isascii()
        or not whole.isdigit()
        or len(whole) > 13
        or (part and not part.isdigit())
    ):
        return None
    number = int(whole)
    if number < 100_000_000:
        return None
    micro = int(part[:6].ljust(6, "0")) if part.isascii() else 0
    if number >= _MILLISECONDS_FROM:
        number, micro = number // 1000, number % 1000 * 1000
    return _EPOCH + timedelta(seconds=number, microseconds=micro)


def time_in(value: object) -> tuple[datetime | None, Stamp | None, str]:
    """An instant, or a time in words to be resolved, and what was written. Products give numbers, texts,
    or an object of both."""
    if isinstance(value, Mapping):
        exact = time_in(text_field(value, "value", "long_value"))
        shown = text_field(value, "display_value", "value")
        return (exact[0], None, shown) if exact[0] else time_in(shown)
    written = str(value) if isinstance(value, (str, int, float)) else ""
    if at := instant(written):
        return at, None, written
    return None, dated_stamp(written), written.strip()
