"""What time is it? The system's clock, and one that only moves when told to."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from ..domain.times import require_aware


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SimulatedClock:
    """Stands still until it is advanced; for tests, samples and replay."""

    def __init__(self, start: datetime) -> None:
        self._now = require_aware(start)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def advance(self, by: timedelta) -> None:
        self.set(self.now() + by)

    def set(self, to: datetime) -> None:
        """Move to an instant; a clock may be set back, as real ones are."""
        with self._lock:
            self._now = require_aware(to)
