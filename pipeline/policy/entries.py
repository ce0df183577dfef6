"""What do the entries of a rule file have in common? No field that nobody knows, and reasons in two languages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LONGEST_WAIT = timedelta(days=7)
_DURATION = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Sentence(Spec):
    zh: str = Field(min_length=2, max_length=300)
    en: str = Field(min_length=2, max_length=300)


def duration(value: object) -> timedelta:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("is a number and a unit, such as 0s, 90s, 2m, 4h or 1d")
    wait = timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
    if wait > LONGEST_WAIT:
        raise ValueError("is longer than 7d")
    return wait


Duration = Annotated[timedelta, BeforeValidator(duration)]
