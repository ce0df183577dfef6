"""The seam to figures over many tickets: how many came when, and how long did each part take?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MEASURES = ("acknowledged", "contacted", "recovered")
"""From the opening of a ticket: until somebody took it on, until the first message reached anybody, until it was
resolved or restored."""
UNTIL = (60, 300, 900, 1800, 3600, 4 * 3600, 8 * 3600, 24 * 3600, 7 * 24 * 3600)
"""Seconds at which a class of lengths ends; one more has what takes longer."""


@dataclass(frozen=True, kw_only=True)
class Hour:
    """Tickets of one service that were opened in a piece of an hour, which begins at `at`."""

    service: str | None
    at: datetime
    n: int


@dataclass(frozen=True, kw_only=True)
class Lasted:
    """`classes` count tickets by the classes of `UNTIL`; `median` and `ninth` (of ten, the ninth shortest) are
    in seconds, None when there is none. `missing` have no such moment on record."""

    measure: str
    classes: tuple[int, ...]
    median: int | None
    ninth: int | None
    missing: int

    @property
    def n(self) -> int:
        return sum(self.classes)


class TrendQueries(Protocol):
    """Each call reads a window of time by its index, and adds up in the database."""

    def opened(
        self, since: datetime, until: datetime, *, service: str | None = None
    ) -> Sequence[Hour]:
        """By pieces of an hour that every zone's hours are made of; planned maintenance is no ticket here."""

    def lasted(
        self, measure: str, since: datetime, until: datetime, *, service: str | None = None
    ) -> Lasted:
        """Of the tickets that were opened in this time."""
