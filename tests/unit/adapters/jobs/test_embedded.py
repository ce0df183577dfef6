"""Workers wake when they should, wait longer the oftener they fail, and end between two turns."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.jobs.embedded import (
    LONGEST_BACKOFF,
    LONGEST_SLEEP,
    PATIENCE,
    RESTS,
    Bell,
    EmbeddedWorkers,
    Worker,
)

NOW = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
SECONDS = 10.0
"""How long a test waits for what should happen at once."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What fails here is logged each time, as it should be."""
    with capture_logs():
        yield


class Counting(Bell):
    """Notes for how long its worker would wait, and lets it go on at once, `most` times."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._most = most
        self._enough = threading.Event()

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        if len(self.waits) >= self._most:
            self._enough.set()
            super().wait(SECONDS)

    def counted(self) -> list[float]:
        assert self._enough.wait(SECONDS)
        return self.waits[: self._most]


class Patient(Bell):
    """Waits until it is rung, however short it was told to: no time-out hides a lost ring."""

    def __init__(self) -> None:
        super().__init__()
        self.resting = threading.Event()

    def wait(self, seconds: float) -> None:
        self.resting.set()
        super().wait(60)


class Turns:
    """What a worker does, turn by turn: raises where an error is given, else says whether it was
    busy. The last one repeats."""

    def __init__(self, *script: bool | Exception) -> None:
        self._script = list(script)
        self.count = 0

    def __call__(self) -> bool:
        self.count += 1
        said = self._script[min(self.count, len(self._script)) - 1]
        if isinstance(said, Exception):
            raise said
        return said


def worker(
    turn: Callable[[], bool], bell: Bell, due: datetime | None = None, name: str = "compose"
) -> Worker:
    return Worker(name=name, turn=turn, next_due=lambda: due, bell=bell)


@contextmanager
def running(*workers: Worker) -> Iterator[EmbeddedWorkers]:
    made = EmbeddedWorkers(workers, SimulatedClock(NOW))
    made.start()
    try:
        yield made
    finally:
        made.stop()


AWAY = OSError("the database is away")


def test_each_failure_in_a_row_doubles_the_wait_up_to_the_longest() -> None:
    bell = Counting(10)
    with running(worker(Turns(AWAY), bell)):
        waits = bell.counted()
    assert waits[:4] == [0.4, 0.8, 1.6, 3.2]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_BACKOFF


def test_a_turn_that_works_ends_the_back_off() -> None:
    bell = Counting(4)
    with running(worker(Turns(AWAY, AWAY, False, AWAY), bell)):
        assert bell.counted() == [0.4, 0.8, LONGEST_SLEEP, 0.4]


def test_a_queue_that_cannot_be_asked_is_a_failure_too() -> None:
    def away() -> datetime | None:
        raise AWAY

    bell = Counting(2)
    with running(Worker(name="compose", turn=Turns(False), next_due=away, bell=bell)) as workers:
        assert bell.counted() == [0.4, 0.8]
        assert not workers.alive


@pytest.mark.parametrize(
    ("due", "wait"),
    [
        (None, LONGEST_SLEEP),
        (timedelta(milliseconds=200), 0.2),
        (timedelta(hours=1), LONGEST_SLEEP),
        (timedelta(0), 0.001),
        (timedelta(hours=-1), 0.001),
    ],
)
def test_it_sleeps_until_the_next_row_is_due_and_never_long(
    due: timedelta | None, wait: float
) -> None:
    bell = Counting(1)
    with running(worker(Turns(False), bell, None if due is None else NOW + due)):
        assert bell.counted() == [wait]


def test_while_there_is_work_it_does_not_wait() -> None:
    bell, turns = Counting(1), Turns(True, True, True, False)
    with running(worker(turns, bell)):
        bell.counted()
        assert turns.count == 4


def test_a_ring_during_a_turn_is_followed_by_another_turn() -> None:
    """A row that was written after the turn had looked would else wait for the next time-out."""
    bell, begun, go_on, again = Patient(), *(threading.Event() for _ in range(3))

    def turn() -> bool:
        if begun.is_set():
            again.set()
        begun.set()
        assert go_on.wait(SECONDS)
        return False

    with running(worker(turn, bell)):
        assert begun.wait(SECONDS)
        bell.ring()
        go_on.set()
        assert again.wait(SECONDS)


def test_a_ring_between_turns_is_followed_by_one_turn() -> None:
    """It is used up by that turn, or the worker would spin."""
    bell, turns = Patient(), Turns(False)
    with running(worker(turns, bell)):
        assert bell.resting.wait(SECONDS)
        bell.resting.clear()
        bell.ring()
        assert bell.resting.wait(SECONDS)
        assert turns.count == 2


class Seconds:
    """A count of seconds that goes on with each turn of whoever is busy."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


class Busy(Turns):
    """Always, for a tenth of a second each time; says when it has had `most` turns."""

    def __init__(self, most: int, seconds: Seconds) -> None:
        super().__init__(True)
        self.enough = threading.Event()
        self._most, self._seconds = most, seconds

    def __call__(self) -> bool:
        self._seconds.passed += 0.1
        if self.count >= self._most:
            self.enough.set()
        return super().__call__()


@contextmanager
def beside(
    busy: Busy, judge: Callable[[], bool], due: datetime, seconds: Seconds
) -> Iterator[None]:
    """A worker that is always busy, and one in the background."""
    judging = replace(worker(judge, Bell(), due, name="recurrence"), background=True)
    made = EmbeddedWorkers([worker(busy, Bell()), judging], SimulatedClock(NOW), seconds)
    made.start()
    try:
        yield
    finally:
        made.stop()


def test_in_the_background_one_gives_way_while_others_have_work() -> None:
    """However long that is, as far as its row can wait."""
    seconds, judged = Seconds(), Turns(False)
    busy = Busy(200, seconds)
    with beside(busy, judged, NOW, seconds):
        assert busy.enough.wait(SECONDS)
        assert judged.count == 0


def test_in_the_background_a_row_that_has_waited_long_gets_its_turn_among_others() -> None:
    seconds, judged = Seconds(), threading.Event()

    def judge() -> bool:
        judged.set()
        return True

    with beside(Busy(1, seconds), judge, NOW - timedelta(seconds=PATIENCE), seconds):
        assert judged.wait(SECONDS)


def test_after_a_turn_among_others_it_rests_longer_than_it_took() -> None:
    """So that a backlog never takes more than its share."""
    seconds, busy_then, twice = Seconds(), [], threading.Event()
    busy = Busy(1, seconds)

    def judge() -> bool:
        busy_then.append(busy.count)
        seconds.passed += 0.2
        if len(busy_then) == 2:
            twice.set()
        return True

    with beside(busy, judge, NOW - timedelta(seconds=PATIENCE), seconds):
        assert twice.wait(SECONDS)
    assert (busy_then[1] - busy_then[0]) * 0.1 >= RESTS * 0.2 - 0.2


def test_a_failing_worker_is_shown_until_it_works_again() -> None:
    bell, turns = Patient(), Turns(AWAY, False)
    with running(worker(turns, bell)) as workers:
        assert bell.resting.wait(SECONDS)
        assert not workers.alive
        bell.resting.clear()
        bell.ring()
        assert bell.resting.wait(SECONDS)
        assert workers.alive


def test_one_that_fails_hinders_no_other() -> None:
    sick, well = Counting(3), Counting(3)
    with running(
        worker(Turns(AWAY), sick, name="send-mail"),
        worker(Turns(False), well, name="send-webhook"),
    ):
        assert sick.counted() == [0.4, 0.8, 1.6]
        assert well.counted() == [LONGEST_SLEEP] * 3


def test_a_stop_waits_for_the_turn_that_has_begun_and_begins_no_other() -> None:
    begun, go_on, ended = (threading.Event() for _ in range(3))
    turns: list[str] = []

    def turn() -> bool:
        turns.append("begun")
        begun.set()
        assert go_on.wait(SECONDS)
        turns.append("ended")
        return True

    def stop() -> None:
        workers.stop()
        turns.append("stopped")
        ended.set()

    workers = EmbeddedWorkers([worker(turn, stopping := Stopping())], SimulatedClock(NOW))
    workers.start()
    assert begun.wait(SECONDS)
    threading.Thread(target=stop).start()
    assert stopping.rung.wait(SECONDS)
    go_on.set()
    assert ended.wait(SECONDS)
    assert turns == ["begun", "ended", "stopped"]
    assert not workers.alive


class Stopping(Bell):
    """Says when it was rung: by then the workers have been told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.rung = threading.Event()

    def ring(self) -> None:
        super().ring()
        self.rung.set()


def test_a_stop_wakes_the_one_that_sleeps_and_it_can_be_started_again() -> None:
    bell, turns = Patient(), Turns(False)
    workers = EmbeddedWorkers([worker(turns, bell)], SimulatedClock(NOW))
    alive = []
    for _ in range(2):
        bell.resting.clear()
        workers.start()
        assert bell.resting.wait(SECONDS)
        alive.append(workers.alive)
        workers.stop()
        alive.append(workers.alive)
    assert alive == [True, False, True, False]
    assert turns.count == 2


def test_started_twice_each_worker_runs_once() -> None:
    bell, turns = Patient(), Turns(False)
    with running(worker(turns, bell)) as workers:
        workers.start()
        assert bell.resting.wait(SECONDS)
        assert [t.name for t in threading.enumerate()].count("heliograph-compose") == 1
