"""Did a call end in time? Whoever waits goes on when it did not, and the call ends by itself.

Time-outs of sockets count from the last octet: a far side that says a word every second would hold a caller
for ever. So the call has a thread of its own, and only so many may be left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import TypeVar

Result = TypeVar("Result")


class InTime:
    """At most `at_once` calls run, those that nobody waits for any more among them."""

    def __init__(self, at_once: int) -> None:
        self._free = BoundedSemaphore(at_once)

    def run(self, call: Callable[[], Result], seconds: float) -> Result | Exception:
        """What the call returned, or the error that it raised, as a value; TimeoutError when it is late."""
        if seconds <= 0 or not self._free.acquire(blocking=False):
            return TimeoutError()
        answered: Future[Result] = Future()
        Thread(target=self._work, args=(call, answered), name="chat-model", daemon=True).start()
        try:
            failed = answered.exception(seconds)
        except TimeoutError as late:
            return late
        return failed if isinstance(failed, Exception) else answered.result()

    def _work(self, call: Callable[[], Result], answered: Future[Result]) -> None:
        try:
            answered.set_result(call())
        except BaseException as failed:
            # Whoever waits is told; a thread has nobody else to tell.
            answered.set_exception(failed)
        finally:
            self._free.release()
