"""kill -9 at random moments while messages are composed and sent: is one lost, is one doubled?

The worker is a forked process with its imports done. It is killed again and again; at the end one run
finishes what is left, and the ledger is compared with what the far side got.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.bootstrap import open_heliograph
from pipeline.domain.message import MessageState

from .figures import Figure
from .installation import folder, incoming, installation, report, settings
from .sinks import Sink, http_sink, smtp_sink

KILLS, TICKETS_PER_KILL = 50, 12
LONGEST_LIFE = 0.25
"""Seconds that a worker lives at most, after it has begun to send."""
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """What is left after all kills, and one run that ended by itself."""

    messages: int
    lost: int
    """Neither delivered nor known as "maybe sent"."""
    repeats: int
    """Arrivals of a key that had arrived before; an idempotent far side drops them."""
    strange: int
    """Keys that arrived and that the ledger does not know: a second message in another guise."""
    maybe_sent: int
    """A person decides about these."""
    parked: int
    """Set aside for a person, because their process died too often."""


def measure() -> Iterator[Figure]:
    with http_sink() as sink:
        after = run(sink, KILLS, seed=1)
    known = f"{after.repeats} repeats, all with a key that the sink knew"
    yield _none("webhook: lost", after.lost, _runs(after))
    yield _none("webhook: doubled at an idempotent sink", after.strange, known)
    with smtp_sink() as sink:
        after = run(sink, KILLS, seed=2)
    yield _none("SMTP: lost", after.lost, _runs(after))
    yield _none("SMTP: doubled", after.repeats, _runs(after))
    yield Figure(
        name="kill -9, SMTP: told a person “maybe sent”",
        values=(after.maybe_sent,),
        unit="",
        note=_runs(after),
    )


def _none(what: str, count: int, note: str) -> Figure:
    """There may be none."""
    name = f"kill -9, {what}"
    return Figure(name=name, values=(count,), unit="", goal="0", met=count == 0, note=note)


def _runs(after: Aftermath) -> str:
    return f"{KILLS} kills, {after.messages} messages, {after.parked} parked"


def run(sink: Sink, kills: int, *, seed: int) -> Aftermath:
    """Kill a sender `kills` times, then let one finish."""
    chance = random.Random(seed)
    sink.forget()
    with folder() as made:
        with installation(made, sink.url) as app:
            app.intake.accept([incoming(report(f"K-{n}")) for n in range(kills * TICKETS_PER_KILL)])
        for _ in range(kills):
            _live_and_die(made, sink, chance.random() * LONGEST_LIFE)
        _finish(made, sink.url)
        return _count(made, sink)


def _live_and_die(made: Path, sink: Sink, life: float) -> None:
    before = sink.count()
    child = _FORK.Process(target=_work, args=(made, sink.url))
    child.start()
    deadline = time.monotonic() + 5
    while sink.count() == before and time.monotonic() < deadline and child.is_alive():
        time.sleep(0.002)
    time.sleep(life)
    if child.pid is not None and child.is_alive():
        os.kill(child.pid, signal.SIGKILL)
    child.join()


def _work(made: Path, url: str) -> None:
    app = open_heliograph(settings(made, url))
    app.workers.start()
    signal.pause()


def _finish(made: Path, url: str) -> None:
    app = open_heliograph(settings(made, url))
    app.workers.start()
    deadline = time.monotonic() + 120
    while _unfinished(app.queries.queue_depths()) and time.monotonic() < deadline:
        time.sleep(0.05)
    app.close()


def _unfinished(depths: dict[str, int]) -> int:
    return depths["communications.planned"] + depths["messages.queued"] + depths["messages.sending"]


def _count(made: Path, sink: Sink) -> Aftermath:
    arrivals = Counter(key.strip("<>").partition("@")[0] for key, _ in sink.arrived())
    app = open_heliograph(settings(made, sink.url))
    try:
        messages = app.queries.messages(limit=1_000_000)
        depths = app.queries.queue_depths()
    finally:
        app.close()
    maybe = {m.id for m in messages if m.state is MessageState.MAYBE_SENT}
    lost = [m for m in messages if m.id not in arrivals and m.id not in maybe]
    return Aftermath(
        messages=len(messages),
        lost=len(lost) + depths["communications.planned"],
        repeats=sum(arrivals.values()) - len(arrivals),
        strange=len(arrivals.keys() - {m.id for m in messages}),
        maybe_sent=len(maybe),
        parked=depths["communications.parked"],
    )
