"""Is it worth asking a model that has failed again and again? Not before a pause, and then once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock

OPENS_AFTER = 5
"""Failures in a row."""
PAUSE = timedelta(minutes=1)
"""Unless the provider named a longer one."""


class Standing(StrEnum):
    CLOSED = "closed"
    """It is asked."""
    OPEN = "open"
    """It is not."""
    TRYING = "trying"
    """The pause is over: one call may find out, or is finding out."""


@dataclass(frozen=True, kw_only=True)
class BreakerState:
    """`failures` in a row; `until` the end of the pause, `why` the last failure's sentence."""

    standing: Standing
    failures: int
    until: datetime | None
    why: str | None


class Breaker:
    """Of one model. Safe for many threads: of those who ask while it is tried, one is let through."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failures = 0
        self._until: datetime | None = None
        self._trying = False
        self._why: str | None = None

    def lets(self, now: datetime) -> bool:
        """Whoever is let through says afterwards how it went."""
        with self._lock:
            if self._until is None:
                return True
            if self._trying or now < self._until:
                return False
            self._trying = True
            return True

    def answered(self) -> None:
        with self._lock:
            self._failures, self._until, self._trying, self._why = 0, None, False, None

    def not_asked(self) -> None:
        """Whoever was let through did not get as far as the model: the next one may try."""
        with self._lock:
            self._trying = False

    def failed(self, now: datetime, why: str, retry_after: float | None = None) -> None:
        """`retry_after` in seconds: who asks for a pause gets it at once."""
        with self._lock:
            self._failures += 1
            self._trying, self._why = False, why
            asked = timedelta(seconds=retry_after or 0)
            if self._failures >= OPENS_AFTER or retry_after:
                pause = max(PAUSE, asked) if self._failures >= OPENS_AFTER else asked
                # A call that began before the pause must not cut it short when it fails too.
                self._until = max(now + pause, self._until or now)

    def state(self, now: datetime) -> BreakerState:
        with self._lock:
            standing = Standing.CLOSED
            if self._until is not None:
                over = self._trying or now >= self._until
                standing = Standing.TRYING if over else Standing.OPEN
            return BreakerState(
                standing=standing, failures=self._failures, until=self._until, why=self._why
            )
