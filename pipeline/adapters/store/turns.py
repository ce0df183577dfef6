"""Whose turn is it to write? SQLite has one writer; the threads of this process queue here for it."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A lock whose waiters go in the order in which they came.

    `threading.Lock` lets the thread that has just left go straight back in, past those who wait: a
    busy sender would keep an incoming event out. SQLite itself would have them sleep and poll.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._writer: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._mutex:
            if self._writer is None:
                self._writer = me
                return
            if self._writer == me:
                raise RuntimeError("a write inside a write would wait for itself")
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        self._wait(turn)
        self._writer = me

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._pass_on()

    def _wait(self, turn: threading.Lock) -> None:
        try:
            if not turn.acquire(timeout=self._seconds):
                raise TimeoutError("other writers did not come to an end")  # noqa: TRY301  one way out
        except BaseException:  # Ctrl-C: a turn that nobody takes would keep all the others out
            with self._mutex:
                gone = turn in self._waiting
                if gone:
                    self._waiting.remove(turn)
            if not gone:
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        with self._mutex:
            if self._waiting:
                # Not None: whoever comes now still queues behind the one who is called up.
                self._writer = 0
                self._waiting.popleft().release()
            else:
                self._writer = None


_guard = threading.Lock()
_by_file: dict[str, Turns] = {}


def turns_of(file: str, seconds: float) -> Turns:
    """The queue of a database file: one per process, however many stores have it open. Who waits
    longer than `seconds` gets a TimeoutError."""
    with _guard:
        return _by_file.setdefault(file, Turns(seconds))
