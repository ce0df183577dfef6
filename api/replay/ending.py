"""How does a replay end before its time? At once, on a signal or with its parent, and leaving nothing."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType
from typing import Any

STOPPED = 128 + signal.SIGTERM
"""What shells call a process that was told to end."""
PREFIX = "heliograph-replay-"
MOMENT = 0.01
"""Seconds until an end that was swallowed is asked for again: longer than a destructor takes."""
_ENDS = (signal.SIGTERM, signal.SIGINT)
_MEMORY = Path("/dev/shm")  # noqa: S108  where it is there: nothing of a replay need outlive the run


@contextmanager
def stoppable() -> Iterator[None]:
    """A signal unwinds what is under way, so that folders are removed and workers told; then it ends."""
    handlers = {sent: signal.signal(sent, _end) for sent in _ENDS}
    quiet, insistence = logging.root.manager.disable, _Insistence()
    try:
        yield
    finally:
        for sent, handler in handlers.items():
            signal.signal(sent, handler)
        logging.disable(quiet)
        insistence.end()


def _end(number: int, frame: FrameType | None) -> None:
    # A second one, of either kind, must not break off the tidying up.
    for sent in _ENDS:
        signal.signal(sent, signal.SIG_IGN)
    # Libraries log what breaks them off as a fault, with a traceback.
    logging.disable()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(STOPPED)


class _Insistence:
    """An end that came while a destructor ran, which swallows whatever is raised: again, after it.

    By a timer of the kernel: a destructor may run anywhere, also where a lock is held that starting
    a thread would wait for.
    """

    def __init__(self) -> None:
        self._otherwise = sys.unraisablehook
        self._swallowed: BaseException | None = None
        self._before: tuple[Any, tuple[float, float]] | None = None
        sys.unraisablehook = self._hook

    def end(self) -> None:
        """What was there before is there again; an end that was swallowed and not raised yet is raised now."""
        sys.unraisablehook = self._otherwise
        if self._before is not None:
            handler, left = self._before
            signal.setitimer(signal.ITIMER_REAL, *left)
            signal.signal(signal.SIGALRM, handler)
        self._again(signal.SIGALRM, None)

    def _hook(self, swallowed: sys.UnraisableHookArgs) -> None:
        if not isinstance(swallowed.exc_value, SystemExit | KeyboardInterrupt):
            self._otherwise(swallowed)
            return
        self._swallowed = swallowed.exc_value
        handler = signal.signal(signal.SIGALRM, self._again)
        left = signal.setitimer(signal.ITIMER_REAL, MOMENT)
        self._before = self._before or (handler, left)

    def _again(self, number: int, frame: FrameType | None) -> None:
        ending, self._swallowed = self._swallowed, None
        if ending is not None:
            raise ending


def watch(parent: Connection) -> None:
    """In a worker: end as soon as the other end of `parent` is closed, by its holder or its death."""
    # Ctrl-C reaches every process of a terminal; the parent is the one that says what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    _Insistence()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    wait([parent])
    # To the main thread itself, or one that waits for work would not notice.
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that goes with the run; in memory where there is one, under a name that says whose."""
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=_place()) as home:
        yield Path(home)


def sweep() -> None:
    """Remove what killed runs have left: folders named by processes that are no more."""
    for folder in _place().glob(f"{PREFIX}*-*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and pid.isascii() and not _lives(int(pid)):
            # Those of other users stay: they are not ours to remove.
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    return _MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir())


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
