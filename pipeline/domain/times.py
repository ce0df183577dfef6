"""When did it happen, by whose clock? Every instant here is zone-aware; naive times are refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(9998, 12, 31, tzinfo=UTC)
"""A year before the calendar ends: such a time can still be told in every zone."""
FUTURE_TOLERANCE = timedelta(minutes=5)
"""Clocks of honest senders differ by seconds; an event further ahead than this is refused."""
_WRITTEN = "a time is RFC 3339 text such as 2026-08-24T10:02:00+08:00"
_DATE_FIRST = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def require_aware(value: datetime) -> datetime:
    """Return the same instant in UTC. Raises ValueError for a naive or impossible time."""
    if value.tzinfo is None:
        raise ValueError("a time needs its zone: 2026-08-24T10:02:00+08:00 or …Z")
    if value < EARLIEST:
        raise ValueError("a time before 2000-01-01 is not an incident's time")
    if value > LATEST:
        raise ValueError("a time after 9998 is not an incident's time")
    return value.astimezone(UTC)


def _textual(value: object) -> object:
    if isinstance(value, (int, float)):
        raise ValueError(f"{_WRITTEN}, not a number")
    # Digits in quotes would be read as seconds since 1970.
    if isinstance(value, str) and not _DATE_FIRST.match(value):
        raise ValueError(_WRITTEN)
    return value


Instant = Annotated[datetime, BeforeValidator(_textual), AfterValidator(require_aware)]


def monday(day: date) -> date:
    """With which its week begins."""
    return day - timedelta(days=day.weekday())


def to_text(value: datetime) -> str:
    """RFC 3339 in UTC with microseconds: sorts as text, and is what the store keeps."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(value: str) -> datetime:
    """The inverse of `to_text`."""
    return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
