"""Threads of this process that wake when a row is due, or when they are rung for.

A worker's turn does what is due and says whether there was anything. Between turns it sleeps until
the bell rings or the next row is due, and never longer than `LONGEST_SLEEP`: a clock that was set, or
another process that wrote a row, is noticed by then.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from ...ports import Clock

LONGEST_SLEEP = 0.5
"""Seconds. Bounds how late a row can be after a lost wake-up: the goal is one second."""
LONGEST_BACKOFF = 30.0

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
    """`turn` does what is due now and returns whether it did anything; `next_due` may be None."""

    name: str
    turn: Callable[[], bool]
    next_due: Callable[[], datetime | None]
    bell: Bell


class EmbeddedWorkers:
    """Runs each worker in a thread of its own."""

    def __init__(self, workers: Sequence[Worker], clock: Clock) -> None:
        self._workers = list(workers)
        self._clock = clock
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._failing: set[str] = set()

    def start(self) -> None:
        if self._threads:
            return
        self._stopping.clear()
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
                busy = worker.turn()
                pause = 0.0 if busy else self._until(worker.next_due())
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

    def _until(self, due: datetime | None) -> float:
        if due is None:
            return LONGEST_SLEEP
        return min(max((due - self._clock.now()).total_seconds(), 0.001), LONGEST_SLEEP)
