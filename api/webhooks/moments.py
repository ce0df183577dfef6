"""When, as monitors write it: RFC 3339 to the nanosecond, or seconds since 1970; and "never" for not yet."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.domain.times import EARLIEST, LATEST

_SECONDS_OF_TODAY = 4_102_444_800
"""Of the year 2100: a greater number counts milliseconds."""


def moment(value: object) -> datetime | None:
    """None for nothing, and for a time that means nothing, such as the zero time of Go.

    Raises ValueError for what is no time at all.
    """
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _counted(float(value))
    elif isinstance(value, datetime):
        found = value
    elif isinstance(value, str):
        found = _counted(float(value)) if value.isdecimal() else _written(value)
    else:
        raise ValueError("is no time: write 2026-08-24T10:02:00+08:00")
    if found.tzinfo is None:
        raise ValueError("needs its zone: 2026-08-24T10:02:00+08:00 or …Z")
    try:
        known = found.astimezone(UTC)
    except OverflowError:
        return None
    return known if EARLIEST <= known <= LATEST else None


def _written(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value.strip()[:64])
    except ValueError:
        raise ValueError("is no time: write 2026-08-24T10:02:00+08:00") from None


def _counted(seconds: float) -> datetime:
    exact = seconds / 1000 if seconds > _SECONDS_OF_TODAY else seconds
    try:
        return datetime.fromtimestamp(exact, UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError("is no number of seconds since 1970") from None
