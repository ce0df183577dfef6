"""Calendars in a line or two, as a rule file would write them."""

from __future__ import annotations

from typing import Any

from pipeline.policy.calendars import Calendar
from pipeline.policy.calendars.entries import CalendarEntry

USUAL = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}


def calendar(**more: Any) -> Calendar:
    written: dict[str, Any] = {"zone": "Asia/Shanghai", "hours": USUAL, **more}
    return CalendarEntry.model_validate(written).compiled("office")
