"""How long does it take to compare a ticket with ten thousand others, and with a hundred thousand, and to bring those
in? Time of the processor, which nobody else on the machine takes away.

`HELIOGRAPH_BENCH_TICKETS` names other numbers of tickets, `HELIOGRAPH_BENCH_DATABASE` an empty database in place of a
file of SQLite. Beside it stands what a desk could do with SQLite's own index of words (FTS5, any word, BM25).
"""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from pipeline.adapters.store.migrations import upgrade
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.history import PastTicket
from pipeline.flow.history.taking import MOST_AT_ONCE, Past
from pipeline.flow.recurrence.judging import StoredPast
from pipeline.history.lines import Lines
from pipeline.history.tickets import Reading
from pipeline.recurrence.case import Case
from pipeline.recurrence.judging import judge
from pipeline.recurrence.kept import written
from pipeline.recurrence.signature import Signer
from pipeline.recurrence_ports import Signed

from .figures import Figure
from .memory import resident_megabytes

SIZES = tuple(int(n) for n in os.environ.get("HELIOGRAPH_BENCH_TICKETS", "10000,100000").split(","))
ASKED = 300
GOAL_MS, GOAL_RATIO = 20.0, 1.5
START = datetime(2020, 1, 1, tzinfo=UTC)
_THINGS = "mail client|portal|printer|scanner|gateway|database|backup|calendar|share|report|export"
_WRONG = "fails|is slow|does not start|shows an error|hangs|is empty|asks again|stops|loses data"


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("HELIOGRAPH_BENCH_DATABASE", f"sqlite:///{folder}/bench.db")
        upgrade(url)
        store = SqlStore(url)
        yield from _measured(Path(folder), store)
        store.close()


def _measured(folder: Path, store: SqlStore) -> Iterator[Figure]:
    signer, past, before, last = Signer(), Past(store), 0, 0.0
    signer.sign(_case(0, random.Random(0)))
    held = resident_megabytes()
    with closing(sqlite3.connect(folder / "words.db")) as words:
        words.execute("CREATE VIRTUAL TABLE told USING fts5(title, text)")
        for size in SIZES:
            yield from _brought_in(folder, past, words, before, size)
            took = _times(lambda case: _compared(store, signer, case))
            name = f"{size:,} tickets in rows"
            yield from _figures(f"one signed and compared ({name})", took, GOAL_MS)
            if last:
                ratio = float(np.percentile(took, 99)) / last
                yield Figure(
                    name=f"p99 at {size:,} to that at {before:,}",
                    unit="×",
                    values=(ratio,),
                    goal=f"≤ {GOAL_RATIO}",
                    met=ratio <= GOAL_RATIO,
                )
            kept = _times(lambda case: _kept(store, signer, case), some=60)
            yield from _figures(f"one kept ({name})", kept)
            yield from _figures(
                f"baseline: SQLite FTS5 ({name})", _times(lambda case: _by_words(words, case))
            )
            yield Figure(
                name=f"memory that it took ({name})",
                unit="MB",
                values=(resident_megabytes() - held,),
            )
            before, last = size, float(np.percentile(took, 99))


def _brought_in(
    folder: Path, past: Past, words: sqlite3.Connection, first: int, last: int
) -> Iterator[Figure]:
    """From a CSV file, as `heliograph history import` reads it."""
    file, dice = folder / "past.csv", random.Random(first)
    with open(file, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("number", "title", "opened_at", "text", "service"))
        for n in range(first, last):
            case = _case(n, dice)
            row = (case.id, case.title, case.at.isoformat(), case.text, case.service)
            table.writerow(row)
            words.execute("INSERT INTO told VALUES (?, ?)", (case.title, case.text))
    words.commit()
    began, busy = time.perf_counter(), time.process_time()
    with open(file, "rb") as octets:
        reading = Reading(source="bench", zone=ZoneInfo("UTC"), now=datetime.now(UTC))
        found = (one[1] for one in reading.tickets(Lines(octets)) if isinstance(one, tuple))
        while batch := list[PastTicket](islice(found, MOST_AT_ONCE)):
            past.take(batch)
    each = 1000 / (last - first)
    name = f"brought in, each of {last - first:,}"
    yield Figure(name=name, unit="ms", values=((time.process_time() - busy) * each,))
    yield Figure(
        name=f"{name}, by the clock", unit="ms", values=((time.perf_counter() - began) * each,)
    )


def _compared(store: SqlStore, signer: Signer, case: Case) -> None:
    with store.read() as tx:
        judge(StoredPast(tx), signer.sign(case))


def _kept(store: SqlStore, signer: Signer, case: Case) -> None:
    signature = signer.sign(case)
    signed = Signed(
        incident=f"new-{signature.id}",
        at=signature.at,
        body=written(signature),
        terms=signature.terms,
        chain=signature.id,
        judgement=None,
    )
    with store.write() as tx:
        tx.add_signed(signed)


def _by_words(words: sqlite3.Connection, case: Case) -> None:
    told = {word.strip(".,:") for word in f"{case.title} {case.text}".split()}
    any_of = " OR ".join(f'"{word}"' for word in sorted(told) if word)
    words.execute(
        "SELECT rowid FROM told WHERE told MATCH ? ORDER BY bm25(told) LIMIT 10", (any_of,)
    ).fetchall()


def _times(act: Callable[[Case], None], some: int = ASKED) -> list[float]:
    """Milliseconds of each, after a few that warm what a server has warm."""
    dice, took = random.Random(7), list[float]()
    for n in range(some + 20):
        case = _case(3_000_000 + n, dice)
        began = time.process_time()
        act(case)
        took.append((time.process_time() - began) * 1000)
    return took[20:]


def _figures(name: str, took: list[float], goal: float | None = None) -> Iterator[Figure]:
    yield Figure(name=f"{name}, p50", unit="ms", values=(float(np.percentile(took, 50)),))
    worst = float(np.percentile(took, 99))
    yield Figure(
        name=f"{name}, p99",
        unit="ms",
        values=(worst,),
        goal=f"≤ {goal:.0f} ms" if goal else "",
        met=worst <= goal if goal else None,
    )


def _case(n: int, dice: random.Random) -> Case:
    """Of a few words that many tickets share, and a few that hardly any does."""
    thing, wrong = dice.choice(_THINGS.split("|")), dice.choice(_WRONG.split("|"))
    names = " ".join(f"w{int(dice.paretovariate(0.35)) % 60_000:05d}x" for _ in range(8))
    return Case(
        id=f"b{n}",
        at=START + timedelta(minutes=n),
        title=f"The {thing} {wrong}",
        text=f"On srv-{dice.randrange(3000)} with code E{dice.randrange(5000):04d}: {names}. "
        f"It began at {n % 24:02d}:10 and {dice.randrange(90)} people wait.",
        service=thing,
    )
