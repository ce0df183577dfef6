"""Threads of this process that wake when a row is due, or when they are rung for.

A worker's turn does what is due and says whether there was anything. Between turns it sleeps until
the bell rings or the next row is due, and never longer than `LONGEST_SLEEP`: a clock that was set, or
another process that wrote a row, is noticed by then.

Threads of Python take turns. What only reckons would hold up messages that are due, so it gives way to them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from ...ports import Clock

LONGEST_SLEEP = 0.5
"""Seconds. Bounds how late a row can be after a lost wake-up: the goal is one second."""
LONGEST_BACKOFF = 30.0
QUIET = 0.5
"""Seconds without a turn of the others that did something: then a worker in the background has its own."""
PATIENCE = 10.0
"""Seconds that a row in the background is late before its worker waits for quiet no more, and shares."""
RESTS, LONGEST_REST = 3, 2.0
"""Times as long as it took such a worker rests after a turn while the others are busy; seconds at most."""
BEHIND = 60.0
"""Seconds that a row is late when its worker rests no more: what comes in must be done some time."""

log = structlog.get_logger(__name__)


class Bell:
    """Wakes one worker; rung while nobody waits, it is remembered."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ring(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)
        self._event.clear()


@dataclass(frozen=True, kw_only=True)
class Worker:
    """`turn` does what is due now and returns whether it did anything; `next_due` may be None. One in the
    `background` gives way to those that are not."""

    name: str
    turn: Callable[[], bool]
    next_due: Callable[[], datetime | None]
    bell: Bell
    background: bool = False


class EmbeddedWorkers:
    """Runs each worker in a thread of its own."""

    def __init__(
        self,
        workers: Sequence[Worker],
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`monotonic` counts seconds, for what is measured between two turns."""
        self._workers = list(workers)
        self._clock, self._monotonic = clock, monotonic
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._failing: set[str] = set()
        self._busy_at = 0.0
        self._rested_at: dict[str, float] = {}

    def start(self) -> None:
        if self._threads:
            return
        self._stopping.clear()
        # What waits since the last time goes first.
        self._busy_at = self._monotonic()
        for worker in self._workers:
            thread = threading.Thread(
                target=self._run, args=(worker,), name=f"heliograph-{worker.name}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout: float = 15.0) -> None:
        """Let each worker end its turn. What a turn left undone is due again later."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join(timeout)
        self._threads = []

    def wake(self) -> None:
        for worker in self._workers:
            worker.bell.ring()

    @property
    def alive(self) -> bool:
        """Every thread runs, and none has failed at its last turn."""
        running = bool(self._threads) and all(thread.is_alive() for thread in self._threads)
        return running and not self._failing

    def _run(self, worker: Worker) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                if (way := self._way_given(worker)) > 0:
                    # Not by the bell, which rings at each event that is given way to.
                    self._stopping.wait(way)
                    continue
                pause = self._turned(worker)
                failures = 0
                self._failing.discard(worker.name)
            except Exception:
                # A turn commits whole or not at all, so it can simply be tried again. The thread
                # must outlive a database that is away for a while; /readyz shows that it fails.
                failures += 1
                self._failing.add(worker.name)
                pause = min(0.2 * 2**failures, LONGEST_BACKOFF)
                log.exception("worker turn failed", worker=worker.name, failures=failures)
            if pause > 0:
                worker.bell.wait(pause)

    def _turned(self, worker: Worker) -> float:
        """Seconds until the next turn is worth it."""
        began = self._monotonic()
        busy = worker.turn()
        ended = self._monotonic()
        if not busy:
            return self._until(worker.next_due())
        if worker.background:
            self._rested_at[worker.name] = ended + min(RESTS * (ended - began), LONGEST_REST)
        else:
            self._busy_at = ended
        return 0.0

    def _way_given(self, worker: Worker) -> float:
        """Seconds that a worker in the background leaves to the others while they are busy."""
        now = self._monotonic()
        quiet_in = self._busy_at + QUIET - now
        if not worker.background or quiet_in <= 0:
            return 0.0
        due = worker.next_due()
        if due is None:
            return 0.0
        late = (self._clock.now() - due).total_seconds()
        rest = self._rested_at.get(worker.name, now) - now if late < BEHIND else 0.0
        return max(0.0, rest, min(quiet_in, PATIENCE - late))

    def _until(self, due: datetime | None) -> float:
        if due is None:
            return LONGEST_SLEEP
        return min(max((due - self._clock.now()).total_seconds(), 0.001), LONGEST_SLEEP)
