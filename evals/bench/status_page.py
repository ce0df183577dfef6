"""How soon does the status page answer a crowd? Five hundred requests a second from another process, over one
year of failures, while an incident goes on being told.

The requests leave at their times whether or not the ones before them were answered, so that a page which
stalls is not asked less; what is measured is from the moment at which a request was due.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from socket import socket

import uvicorn

from api.app import create_app
from api.logs import configure
from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.directory import Directory, Names, Service
from pipeline.flow.drain import drain
from pipeline.settings import Settings

from .figures import Figure, percentile
from .installation import event, folder, incoming

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
    seconds that this process took for each."""

    took: list[float]
    wrong: int
    rate: float
    cost: float


def measure() -> Iterator[Figure]:
    configure("error", "text")
    with folder() as made:
        # Nothing runs behind the crowd's back but the page itself.
        app = open_heliograph(
            Settings(data_dir=made, log_level="error", encoder="none"), in_turn=True
        )
        try:
            _fill(app)
            runs = [_asked(app) for _ in range(RUNS)]
        finally:
            app.close()
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
        note="asked from another process; one update told in each run",
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


def _asked(app: Heliograph) -> Run:
    listening = socket()
    listening.bind(("127.0.0.1", 0))
    host, port = listening.getsockname()
    config = uvicorn.Config(create_app(app), log_config=None, lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    serving = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    serving.start()
    asked = (host, str(port), str(RATE), str(SECONDS), json.dumps(PATHS))
    before = time.process_time()
    command = [sys.executable, "-c", _ASKING, *asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        time.sleep(SECONDS / 2)
        _tell(app, "severity_changed", 0, datetime.now(UTC), severity="P1")
        said, _ = asking.communicate()
    answered = json.loads(said)
    server.should_exit = True
    serving.join()
    return Run(**answered, cost=(time.process_time() - before) / len(answered["took"]))
