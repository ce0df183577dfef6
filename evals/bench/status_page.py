"""How soon does the status page answer a crowd? Five hundred requests a second from another process, over a
hundred failures of twenty services.

The requests leave at their times whether or not the ones before them were answered, so that a page which
stalls is not asked less; what is measured is from the moment at which a request was due.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.directory import Directory, Names, Service
from pipeline.flow.drain import drain
from pipeline.settings import Settings

from .figures import Figure, percentile
from .installation import event, folder, incoming

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
RATE, SECONDS, RUNS = 500, 10, 3
SERVICES, FAILURES = 20, 100
PATHS = ("/status", "/status?lang=zh", "/s/F-0", "/status.json", "/status.atom", "/banner.json")
_ASKING = """
import asyncio, json, sys, time

CONNECTIONS = 64

async def main(host, port, rate, seconds, paths):
    took, wrong, begin = [], 0, time.perf_counter() + 1
    due = iter([(begin + n / rate, paths[n % len(paths)]) for n in range(rate * seconds)])

    async def asking():
        nonlocal wrong
        reader, writer = await asyncio.open_connection(host, port, limit=1 << 22)
        for at, path in due:
            wait = at - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            writer.write(f"GET {path} HTTP/1.1\\r\\nHost: {host}\\r\\nAccept-Encoding: gzip\\r\\n\\r\\n".encode())
            head = (await reader.readuntil(b"\\r\\n\\r\\n")).decode().lower()
            length = head.partition("content-length:")[2].partition("\\r\\n")[0]
            await reader.readexactly(int(length))
            took.append(time.perf_counter() - at)
            wrong += " 200 " not in head.partition("\\r\\n")[0]
        writer.close()

    await asyncio.gather(*(asking() for _ in range(CONNECTIONS)))
    print(json.dumps({"took": took, "wrong": wrong, "rate": len(took) / (time.perf_counter() - begin)}))

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5])))
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """Seconds that each answer `took`, how many were `wrong`, how many came in a second, and the processor's
    seconds that the server took for each."""

    took: list[float]
    wrong: int
    rate: float
    cost: float


def measure() -> Iterator[Figure]:
    with folder() as made:
        app = open_heliograph(
            Settings(data_dir=made, log_level="error", encoder="none"), in_turn=True
        )
        try:
            _fill(app)
        finally:
            app.close()
        with _served(made) as (url, pid):
            runs = [_asked(url, pid) for _ in range(RUNS)]
    p95 = tuple(1000 * percentile(run.took, 0.95) for run in runs)
    middle = tuple(1000 * percentile(run.took, 0.5) for run in runs)
    rates = tuple(run.rate for run in runs)
    wrong = sum(run.wrong for run in runs)
    yield Figure(
        name="status page at 500 requests/s, 95th percentile",
        values=p95,
        unit="ms",
        goal="≤ 50 ms",
        met=max(p95) <= 50 and wrong == 0,
        note="asked from another process",
    )
    yield Figure(name="the same, median", values=middle, unit="ms")
    cost = tuple(1000 * run.cost for run in runs)
    yield Figure(name="processor time for each, with making the pages", values=cost, unit="ms")
    yield Figure(name="requests answered", values=rates, unit="/s")


def _fill(app: Heliograph) -> None:
    """A hundred failures that were told and are over, and one that goes on."""
    services = [
        Service(id=f"s{n}", name=Names(zh=f"服务 {n}", en=f"Service {n}"), public=True)
        for n in range(SERVICES)
    ]
    app.acts.load_directory(Directory(services=tuple(services)))
    now = datetime.now(UTC)
    for n in reversed(range(FAILURES)):
        began = now - timedelta(hours=20 * n + 3)
        _tell(app, "declared", n, began, severity="P2", impact="degraded", service=f"s{n % SERVICES}")  # fmt: skip
        if n:
            _tell(app, "restored", n, began + timedelta(hours=1))


def _tell(app: Heliograph, name: str, n: int, at: datetime, **data: str) -> None:
    raw = event("noted", f"F-{n}", dict(data), at)
    app.intake.accept([incoming({**raw, "type": f"heliograph.incident.{name}.v1"})])
    drain(app.steps)


def _asked(url: str, pid: int) -> Run:
    host, _, port = url.removeprefix("http://").partition(":")
    asked = (host, port, str(RATE), str(SECONDS), json.dumps(PATHS))
    before = _processor_seconds(pid)
    said = subprocess.run(
        [sys.executable, "-c", _ASKING, *asked], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    answered = json.loads(said)
    cost = (_processor_seconds(pid) - before) / len(answered["took"])
    return Run(**answered, cost=cost)


def _processor_seconds(pid: int) -> float:
    """What a process has used of the processor so far (proc(5): utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _served(made: Path) -> Iterator[tuple[str, int]]:
    """A server over the folder, as an operator starts it: its address, and its process."""
    command = [sys.executable, str(ROOT / "heliograph.py"), "serve", "--empty", "--port", "0"]
    more = {"HELIOGRAPH_DATA_DIR": str(made), "HELIOGRAPH_LOG_LEVEL": "error"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, **more}
    ) as server:
        try:
            assert server.stderr is not None
            found = next(filter(None, map(_ADDRESS.search, server.stderr)))
            yield found[0], server.pid
        finally:
            server.terminate()
            server.wait(20)
