"""How soon does a server answer, and how much memory does it hold when nothing happens?"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from .figures import Figure
from .installation import folder
from .memory import resident_megabytes

RUNS = 5
ROOT = Path(__file__).parents[2]


def measure() -> Iterator[Figure]:
    first, again, idle = [], [], []
    for _ in range(RUNS):
        with folder() as made:
            first.append(_served(made, ["--empty"])[0])
            seconds, memory = _served(made, ["--empty"])
            again.append(seconds)
            idle.append(memory)
    sampled = []
    for _ in range(RUNS):
        with folder() as made:
            sampled.append(_served(made, ["--sample"])[0])
    yield _start("start to first answer, new folder", first)
    yield _start("start to first answer, again", again)
    yield _start("start to first answer, with the sample day replayed", sampled)
    most = max(idle)
    yield Figure(
        name="memory, idle", values=tuple(idle), unit="MB", goal="≤ 300 MB", met=most <= 300
    )


def _start(name: str, values: list[float]) -> Figure:
    return Figure(name=name, values=tuple(values), unit="s", goal="≤ 3 s", met=max(values) <= 3)


def _served(made: Path, arguments: list[str]) -> tuple[float, float]:
    """Seconds until /healthz answers, and MB a second after that."""
    begun = time.perf_counter()
    command = [sys.executable, str(ROOT / "heliograph.py"), "serve", *arguments]
    server = subprocess.Popen(
        [*command, "--port", "0", "--data-dir", str(made)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = _url(made, server, begun)
        while True:
            try:
                httpx.get(f"{url}/healthz", timeout=2).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.01)
        seconds = time.perf_counter() - begun
        time.sleep(1)
        return seconds, resident_megabytes(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def _url(made: Path, server: subprocess.Popen[bytes], begun: float) -> str:
    while time.perf_counter() - begun < 60:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            return str(json.loads((made / "server.json").read_text())["url"])
        except (OSError, ValueError):
            time.sleep(0.01)
    raise RuntimeError("the server did not start within a minute")
