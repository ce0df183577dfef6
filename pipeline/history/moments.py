"""Which moment does a desk mean by what it wrote? What may be two different days is not guessed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import Literal

Dates = Literal["", "dmy", "mdy"]
"""How dates such as 03/04/2025 are meant; unsaid, only those are read that can be one day alone."""

_EPOCH = re.compile(r"\d{10}|\d{13}")
_ISO = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]*(上午|下午)?\s*"
    r"(\d{1,2})?(?:[:时](\d{2}))?(?:[:分](\d{2})?)?秒?"
    r"(?:[.,]\d+)?\s*([AaPp][Mm])?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_SLASHED = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2}),?\s*(\d{1,2})?(?::(\d{2}))?(?::(\d{2}))?\s*([AaPp][Mm])?"
)
_NAMED = re.compile(
    r"(?:(\d{1,2})[\s/-]([A-Za-z]{3})[a-z]*|([A-Za-z]{3})[a-z]*\s(\d{1,2})),?[\s/-](\d{4}|\d{2}),?\s*"
    r"(\d{1,2})?(?::(\d{2}))?(?::(\d{2}))?\s*([AaPp][Mm])?"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NOON = 12


class Ambiguous(ValueError):
    """It may be two different days."""


def moment(said: str, zone: tzinfo, dates: Dates = "") -> datetime:
    """In UTC; what names no zone is of `zone`. Raises Ambiguous, and ValueError for what is no time."""
    text = said.strip()
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if found := _ISO.fullmatch(text):
        year, month, day, before, *clock, after, offset = found.groups()
        naive = _naive(int(year), int(month), int(day), clock, before or after)
        return _placed(naive, offset, zone)
    if found := _NAMED.fullmatch(text):
        day_first, month_last, month_first, day_last, year, *clock, half = found.groups()
        month = _MONTHS.index((month_last or month_first).lower()) + 1
        day = int(day_first or day_last)
        return _placed(_naive(_year(year), month, day, clock, half), None, zone)
    if found := _SLASHED.fullmatch(text):
        one, other, year, *clock, half = found.groups()
        day, month = _day_and_month(int(one), int(other), dates)
        return _placed(_naive(_year(year), month, day, clock, half), None, zone)
    raise ValueError("is no time")


def _day_and_month(one: int, other: int, dates: Dates) -> tuple[int, int]:
    if dates == "dmy" or (not dates and one > _NOON) or one == other:
        return one, other
    if dates == "mdy" or other > _NOON:
        return other, one
    raise Ambiguous("may be two different days")


def _year(said: str) -> int:
    return int(said) if len(said) > 2 else 2000 + int(said)


def _naive(year: int, month: int, day: int, clock: list[str], half: str | None) -> datetime:
    half = (half or "").upper()
    hour, minute, second = (int(part or 0) for part in clock)
    if half in ("下午", "PM") and hour < _NOON:
        hour += _NOON
    elif half in ("上午", "AM") and hour == _NOON:
        hour = 0
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  placed by the caller


def _placed(naive: datetime, offset: str | None, zone: tzinfo) -> datetime:
    if offset in ("Z", "UTC", "GMT"):
        return naive.replace(tzinfo=UTC)
    if offset:
        return datetime.strptime(f"{naive.isoformat()}{offset}", "%Y-%m-%dT%H:%M:%S%z").astimezone(
            UTC
        )
    return naive.replace(tzinfo=zone).astimezone(UTC)
