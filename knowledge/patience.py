"""How long does one wait for somebody outside? For as long as was said; what comes later is dropped."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Generic, TypeVar

import structlog

LONGEST_REASON = 300
log = structlog.get_logger(__name__)
T = TypeVar("T")


class Late(Exception):
    """No answer in time."""


class Full(Late):
    """As many questions as may be open are open already: nobody was asked."""


class Pending(Generic[T]):
    """An answer that may come."""

    def __init__(self, within: float) -> None:
        self._until = monotonic() + within
        self._given_up = False
        self.box: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

    @property
    def is_over(self) -> bool:
        """Whether nobody waits any more. Clocks and timers differ by a little: who gave up says so."""
        return self._given_up or monotonic() > self._until

    def result(self) -> T:
        """Raises Late, and whatever was raised over there."""
        try:
            answer, failure = self.box.get(timeout=max(self._until - monotonic(), 0))
        except Empty:
            self._given_up = True
            raise Late from None
        if failure is not None:
            raise failure
        return answer  # type: ignore[return-value]  # T may be optional itself


class Patience:
    """At most `open_` questions at once. A thread that hangs holds one place for as long as it hangs,
    and ends with the process: nothing piles up behind a dead endpoint, and nothing waits for it."""

    def __init__(self, *, within: float, open_: int = 4) -> None:
        self._within = within
        self._free = BoundedSemaphore(open_)

    def ask(self, question: Callable[[], T], *, within: float | None = None) -> Pending[T]:
        """Begins now; the seconds of `within`, the usual ones if it says none, count from here. Raises Full
        when no place is free."""
        if not self._free.acquire(blocking=False):
            raise Full
        pending: Pending[T] = Pending(self._within if within is None else within)
        Thread(target=self._run, args=(question, pending), daemon=True, name="patience").start()
        return pending

    def _run(self, question: Callable[[], T], pending: Pending[T]) -> None:
        try:
            pending.box.put((question(), None))
        except Exception as failure:  # whatever it is, whoever waits raises it
            if pending.is_over:
                log.info(
                    "it failed when nobody waited any more", why=repr(failure)[:LONGEST_REASON]
                )
            pending.box.put((None, failure))
        finally:
            self._free.release()
