"""A ticket could not be compared with those before it: who hears of it? Nobody would miss it otherwise."""

from __future__ import annotations

from datetime import datetime

from ...ports import Alarm

CODE = "not_compared"


def not_compared(number: str, now: datetime, *, incident: str | None = None) -> Alarm:
    """One for each ticket that is followed here; for those of the past one in all, which names the first."""
    return Alarm(
        key=f"{CODE}:{incident or 'past'}",
        code=CODE,
        values={"number": number},
        raised_at=now,
        incident=incident,
    )
