"""When do the texts of calls to chat models go, and what those wrote for messages? When their days are over; what the
calls took stays on record."""

from __future__ import annotations

from datetime import datetime, timedelta

from ...model_ports import CallQueries
from ...ports import Clock, Store

NAME = "model-texts"
BATCH = 500


class ModelTexts:
    """The worker that forgets them."""

    def __init__(self, store: Store, calls: CallQueries, clock: Clock, *, days: int) -> None:
        self._store, self._calls, self._clock = store, calls, clock
        self._kept = timedelta(days=days)

    def turn(self) -> bool:
        """True when there was something to forget."""
        due = self.next_due()
        if due is None or due > self._clock.now():
            return False
        with self._store.write() as tx:
            # What is exactly as old as may be is due, and has to go: whoever comes back finds it gone.
            before = self._clock.now() - self._kept + timedelta(microseconds=1)
            gone = tx.forget_call_texts(before, BATCH), tx.forget_old_passages(before, BATCH)
            return any(gone)

    def next_due(self) -> datetime | None:
        oldest = self._calls.oldest_text()
        return None if oldest is None else oldest + self._kept
