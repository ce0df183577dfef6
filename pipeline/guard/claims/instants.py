"""Which instant does a recorded text mean by a clock time, a date or a weekday?"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from .atoms import Moment


def resolved(moment: Moment, told: datetime, now: datetime) -> tuple[datetime, bool, bool] | None:
    """The instant that a recorded text means, in its event's own zone: whether the minute and the day
    were said. A clock time alone is of the day on which it was written down."""
    base = told
    sure = moment.day is not None or moment.days is not None or moment.weekday is not None
    try:
        if moment.day is not None:
            year, month, day = moment.day
            base = base.replace(year=year or base.year, month=month or base.month, day=day)
        elif moment.days is not None:
            base = base + timedelta(days=moment.days)
        elif moment.weekday is not None:
            ahead = (moment.weekday - base.weekday()) % 7
            base = base + timedelta(days=ahead)
        zone = zone_of(moment.zone)
        if zone is not None and moment.minute is not None:
            base = base.replace(tzinfo=zone)
        if moment.minute is None or moment.until is not None:
            return (base, False, True) if sure else None
        at = base.replace(
            hour=moment.minute // 60, minute=moment.minute % 60, second=0, microsecond=0
        )
    except ValueError:
        return None
    return at, True, sure


def zone_of(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name == "Z":
        return ZoneInfo("UTC")
    if name[0] in "+-":
        return datetime.fromisoformat(f"2026-01-01T00:00:00{name}").tzinfo
    return ZoneInfo(name)
