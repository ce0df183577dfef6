"""What of a ticket is compared with others?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_CAUSE = 500
"""Characters that are read, as `domain.history` has those of title and text; a dump of 100 kB says what it is about at its beginning."""
AFTER_CHANGE = timedelta(hours=24)
"""A failure within a day of a change of its service may come of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A ticket as it came in. `service` may be missing or wrong; `after_change` says that its service, or
    one that it names, was changed less than `AFTER_CHANGE` before. Raises ValueError for a naive time."""

    id: str
    at: datetime
    title: str
    text: str = ""
    service: str = ""
    category: str = ""
    site: str = ""
    after_change: bool = False
    cause: str = ""
    """What was found, or what helped; known when it is closed."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a case needs a time with a zone")
