"""How is a length of time written in a rule file? A number and a unit: 90s, 2m, 4h, 1d."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

LONGEST_WAIT = timedelta(days=7)
_WRITTEN = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(value: object) -> timedelta:
    """Raises ValueError for what is none, and for more than a week."""
    if isinstance(value, timedelta):
        return value
    found = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("is a number and a unit, such as 0s, 90s, 2m, 4h or 1d")
    wait = timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
    if wait > LONGEST_WAIT:
        raise ValueError("is longer than 7d")
    return wait


Duration = Annotated[timedelta, BeforeValidator(duration)]
