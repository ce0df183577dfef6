"""How does a rule file say how long something lasts? A number and a unit."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

_DURATION = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_TERM = timedelta(days=366)


def length_of(value: object) -> timedelta:
    """Raises ValueError for what is none."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("is a number and a unit, such as 0s, 90s, 2m, 4h or 1d")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def _term(value: object) -> timedelta:
    term = length_of(value)
    if not timedelta() < term <= LONGEST_TERM:
        raise ValueError("is no time, or longer than 366d")
    return term


Term = Annotated[timedelta, BeforeValidator(_term)]
"""How long people have for something: more than nothing, a year at most."""
