"""How is a length of time written in a rule file? A number and a unit: 90s, 2m, 4h, 1d."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

LONGEST_WAIT = timedelta(days=7)
LONGEST_TERM = timedelta(days=366)
LONGEST_PATIENCE = timedelta(minutes=2)
_WRITTEN = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def length_of(value: object) -> timedelta:
    """Raises ValueError for what is none."""
    found = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("is a number and a unit, such as 0s, 90s, 2m, 4h or 1d")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def duration(value: object) -> timedelta:
    """Raises ValueError for what is none, and for more than a week."""
    if isinstance(value, timedelta):
        return value
    wait = length_of(value)
    if wait > LONGEST_WAIT:
        raise ValueError("is longer than 7d")
    return wait


def _term(value: object) -> timedelta:
    term = length_of(value)
    if not timedelta() < term <= LONGEST_TERM:
        raise ValueError("is no time, or longer than 366d")
    return term


def _patience(value: object) -> timedelta:
    wait = duration(value)
    if wait > LONGEST_PATIENCE:
        raise ValueError("is longer than 2m: no message waits so long for a chat model")
    return wait


Duration = Annotated[timedelta, BeforeValidator(duration)]
Term = Annotated[timedelta, BeforeValidator(_term)]
"""How long people have for something: more than nothing, a year at most."""
Patience = Annotated[timedelta, BeforeValidator(_patience)]
"""How long a message waits for a model's words."""
