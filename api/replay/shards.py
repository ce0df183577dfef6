"""A run in several processes: histories are independent, so each takes its part of them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pipeline.settings import Settings

from .ending import STOPPED, sweep, watch
from .histories import History
from .run import Outcome, play
from .spoiling import Spoiling

PART = 100
"""Histories for a process at a time: enough to pay for opening a store, few enough to see progress."""


def run(
    histories: Sequence[History],
    settings: Settings,
    *,
    audiences: Sequence[str],
    until: datetime | None,
    spoiling: Spoiling | None,
    jobs: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """The same outcome whatever the number of processes: parts are put together in order, and the rows
    sorted by incident. `progress` is told how many histories are done."""
    sweep()
    parts = [list(histories[n : n + PART]) for n in range(0, len(histories), PART)]
    whole = Outcome()
    jobs = max(1, min(jobs, len(parts)))
    if jobs == 1:
        for part in parts:
            whole.add(play(part, settings, audiences=audiences, until=until, spoiling=spoiling))
            progress(len(part))
        return whole
    with workers(jobs) as pool:
        running = [
            pool.submit(
                _played, part, settings, audiences=audiences, until=until, spoiling=spoiling
            )
            for part in parts
        ]
        for part, future in zip(parts, running, strict=True):
            whole.add(future.result())
            progress(len(part))
    return whole


@contextmanager
def workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with this one, however it ends."""
    # Spawned: a fork would take over threads and open databases.
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with (
        theirs,
        ours,
        ProcessPoolExecutor(
            jobs, mp_context=context, initializer=watch, initargs=(theirs,)
        ) as pool,
    ):
        try:
            yield pool
        except BaseException:
            # Closed, it ends the workers; or the pool would wait for all that is still to be played.
            ours.close()
            raise


def _played(part: Sequence[History], settings: Settings, **how: Any) -> Outcome:
    try:
        return play(part, settings, **how)
    except SystemExit:
        # The pool would take it for an answer, and give this process the next part.
        os._exit(STOPPED)


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
