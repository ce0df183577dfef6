"""However a replay ends, it leaves no process and no folder behind."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from api.replay.ending import PREFIX, STOPPED, own_folder, stoppable, sweep
from tests.integration.cli.commands import ROOT, run, surroundings

from .histories import NOON

PATIENCE = 30.0
"""Seconds until a machine that does much else has done it."""


def histories(folder: Path, many: int, *, ended: bool = False) -> Path:
    """Each open for a day, so that none is soon played; or over after a minute, so that all are."""
    file = folder / "history.jsonl"
    said = [{"at": NOON.isoformat(), "status": "Investigating", "text": "We look."}]
    if ended:
        over = (NOON + timedelta(minutes=1)).isoformat()
        said.append({"at": over, "status": "Resolved", "text": "It works."})
    lines = [
        {"id": f"h-{n}", "title": "t", "impact": "major", "components": ["API"], "updates": said}
        for n in range(many)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def at_work(process: subprocess.Popen[str], jobs: int) -> set[int]:
    """The process and its workers, once each has its folder; or it ended before, which is a fault."""
    end = time.monotonic() + PATIENCE
    while len(folders(pids := family(process.pid))) < jobs:
        assert time.monotonic() < end
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            raise AssertionError(process.communicate()[1])
    return pids


def ended(process: subprocess.Popen[str], pids: set[int]) -> bool:
    """Woken by the kernel when each of them has ended."""
    for pid in pids - {process.pid}:
        with suppress(ProcessLookupError):
            watched = os.pidfd_open(pid)
            try:
                if not select.select([watched], [], [], PATIENCE)[0]:
                    return False
            finally:
                os.close(watched)
    return process.wait(PATIENCE) is not None


def parent_of(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    state, parent = stat.rpartition(") ")[2].split()[:2]
    return None if state == "Z" else int(parent)


def family(pid: int) -> set[int]:
    """The process and those it started."""
    processes = (int(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal())
    return {p for p in processes if p == pid or parent_of(p) == pid}


def folders(pids: set[int]) -> list[Path]:
    with own_folder() as mine:
        place = mine.parent
    return [f for pid in pids for f in place.glob(f"{PREFIX}{pid}-*")]


@contextmanager
def playing(folder: Path, jobs: int) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """A replay of which every process is at work."""
    command = [sys.executable, str(ROOT / "heliograph.py"), "replay", str(histories(folder, 250))]
    process = subprocess.Popen(
        [*command, "--to", str(folder / "out"), "--jobs", str(jobs)],
        cwd=folder,
        env=surroundings(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    pids = {process.pid}
    try:
        pids |= at_work(process, jobs)
        yield process, pids
    finally:
        # Workers that live on, which a test is about to say, must not keep it from ending.
        for pid in filter(parent_of, pids):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_at_once_and_leaves_nothing(
    tmp_path: Path, jobs: int, sent: signal.Signals
) -> None:
    with playing(tmp_path, jobs) as (process, pids):
        process.send_signal(sent)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == (STOPPED if sent is signal.SIGTERM else 130)
        assert "Traceback" not in said
        assert ended(process, pids)
        assert folders(pids) == []


@pytest.mark.parametrize(
    ("sent", "ends"), [(signal.SIGTERM, SystemExit), (signal.SIGINT, KeyboardInterrupt)]
)
def test_told_to_end_while_a_destructor_runs_it_ends_after_it(
    sent: signal.Signals, ends: type[BaseException]
) -> None:
    """Python swallows whatever is raised in a destructor, so an end would be lost in it."""

    class Collected:
        def __del__(self) -> None:
            signal.raise_signal(sent)

    with pytest.raises(ends), stoppable():
        Collected()
        signal.pause()


def test_an_end_of_another_kind_does_not_break_off_the_tidying_up() -> None:
    """Whoever stops a run asks twice when it takes a moment."""
    tidied = []
    with pytest.raises(SystemExit), stoppable():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)
            tidied.append("done")
    assert tidied == ["done"]


def test_an_end_that_a_destructor_swallows_at_the_last_moment_is_not_lost() -> None:
    class Collected:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(SystemExit), stoppable():
        Collected()
    assert signal.getsignal(signal.SIGALRM) is before


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with playing(tmp_path, 2) as (process, pids):
        process.kill()
        assert ended(process, pids)
        assert folders(pids) == []


def test_a_worker_that_is_killed_is_said_in_a_sentence(tmp_path: Path) -> None:
    with playing(tmp_path, 2) as (process, pids):
        os.kill(int(folders(pids)[0].name.split("-")[2]), signal.SIGKILL)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert said.strip().endswith("try --jobs 1")
        assert ended(process, pids)
    sweep()
    assert folders(pids) == []


def test_what_a_killed_run_left_is_removed_by_the_next_and_nothing_else(tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    with own_folder() as mine:
        dead = mine.with_name(f"{PREFIX}{killed.pid}-left")
        others = mine.with_name(f"{PREFIX}notes-of-somebody")
        dead.mkdir()
        others.mkdir()
        try:
            (dead / "data").mkdir()
            run(
                *("replay", str(histories(tmp_path, 1, ended=True)), "--to", str(tmp_path / "out")),
                folder=tmp_path,
            )
            assert [f.exists() for f in (dead, others, mine)] == [False, True, True]
        finally:
            others.rmdir()


def test_refused_lines_are_reported_and_the_others_played(tmp_path: Path) -> None:
    """On stderr for people, under `refused` for programs; the exit code tells both."""
    file = histories(tmp_path, 2, ended=True)
    file.write_text(file.read_text(encoding="utf-8") + "{\n" + '{"id": "x"}\n', encoding="utf-8")
    for name, options in (("a", ()), ("b", ("--json",))):
        out = tmp_path / name
        done = run("replay", str(file), "--to", str(out), *options, folder=tmp_path)
        assert done.returncode == 1
        assert "line 3: is not JSON" in done.stderr
        assert "line 4: title: Field required" in done.stderr
        assert "2 lines were refused" in done.stderr
        assert (out / "messages.jsonl").read_text(encoding="utf-8").count("\n") > 0
    report = json.loads(done.stdout)
    assert [refused["line"] for refused in report["refused"]] == [3, 4]
    assert set(report["refused"][0]) == {"line", "reason"}
    assert report["incidents"] == 2
