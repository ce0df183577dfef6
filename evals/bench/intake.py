"""How many events are accepted a second, beside bare inserts of the same bytes?"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .figures import Figure
from .installation import folder, incoming, installation, note, report

RUNS, EVENTS, BATCH, TICKETS = 5, 600, 100, 50
NOWHERE = "http://127.0.0.1:9/hook"


def measure() -> Iterator[Figure]:
    """Nine notes to one report, one client, SQLite fully synced; the workers rest."""
    ours: dict[int, list[float]] = {1: [], BATCH: []}
    bare: dict[int, list[float]] = {1: [], BATCH: []}
    with folder() as made, installation(made, NOWHERE) as app:
        app.intake.accept([incoming(report(f"T-{n}")) for n in range(TICKETS)])
        for _ in range(RUNS):
            for size in (1, BATCH):
                events = _events()
                bare[size].append(_bare(made / f"bare-{time.monotonic_ns()}.db", events, size))
                start = time.perf_counter()
                for n in range(0, EVENTS, size):
                    app.intake.accept([incoming(raw) for raw in events[n : n + size]])
                ours[size].append(EVENTS / (time.perf_counter() - start))
    for size, name in ((1, "one by one"), (BATCH, f"in batches of {BATCH}")):
        ratio = tuple(o / b for o, b in zip(ours[size], bare[size], strict=True))
        yield Figure(name=f"events accepted, {name}", values=tuple(ours[size]), unit="/s")
        yield Figure(name=f"bare inserts, {name}", values=tuple(bare[size]), unit="/s")
        yield Figure(name=f"ratio to bare inserts, {name}", values=ratio, unit="×")


def _events() -> list[dict[str, Any]]:
    stamp = time.monotonic_ns()
    return [
        report(f"N-{stamp}-{n}") if n % 10 == 0 else note(f"T-{n % TICKETS}") for n in range(EVENTS)
    ]


def _bare(file: Path, events: list[dict[str, Any]], size: int) -> float:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE events (id TEXT PRIMARY KEY, source TEXT, body TEXT)")
    start = time.perf_counter()
    for n in range(0, len(events), size):
        rows = [(e["id"], e["source"], json.dumps(e)) for e in events[n : n + size]]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
    taken = time.perf_counter() - start
    connection.close()
    return len(events) / taken
