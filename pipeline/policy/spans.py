"""How is a span of time written in a rule file? A number and a unit: 0s, 90s, 2m, 4h, 1d."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator

LONGEST_WAIT = timedelta(days=7)
LONGEST_PATIENCE = timedelta(minutes=2)
_DURATION = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(value: object) -> timedelta:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("is a number and a unit, such as 0s, 90s, 2m, 4h or 1d")
    wait = timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
    if wait > LONGEST_WAIT:
        raise ValueError("is longer than 7d")
    return wait


def _patience(value: object) -> timedelta:
    wait = _duration(value)
    if wait > LONGEST_PATIENCE:
        raise ValueError("is longer than 2m: no message waits so long for a chat model")
    return wait


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Patience = Annotated[timedelta, BeforeValidator(_patience)]
