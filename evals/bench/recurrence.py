"""How long does it take to compare a ticket with ten thousand others, in memory and in rows? Time of the processor, which
nobody else on the machine takes away."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from pipeline.adapters.store.migrations import upgrade
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.recurring import Judgement
from pipeline.flow.recurrence.judging import StoredPast
from pipeline.recurrence.case import Case
from pipeline.recurrence.judging import judge
from pipeline.recurrence.kept import written
from pipeline.recurrence.past import MemoryPast, Past
from pipeline.recurrence.signature import Signature, Signer
from pipeline.recurrence_ports import Signed

from .figures import Figure
from .memory import resident_megabytes

SIZES = (2_000, 10_000)
IN_ROWS = 2_000
ASKED = 60
GOAL_MS = 20.0
START = datetime(2026, 1, 1, tzinfo=UTC)
_THINGS = "mail client|portal|printer|scanner|gateway|database|backup|calendar|share|report|export"
_WRONG = "fails|is slow|does not start|shows an error|hangs|is empty|asks again|stops|loses data"


def measure() -> Iterator[Figure]:
    signer, dice = Signer(), random.Random(1)
    past, first, tail = MemoryPast(), 0.0, 1.0
    before = resident_megabytes()
    for size in SIZES:
        while past.count() < size:
            past.add(signer.sign(_case(past.count(), dice)))
        took = _timed(past, signer, dice)
        yield from _figures(f"{size:,} tickets in memory", took)
        first = first or took[1]
        tail = took[1] / first
    yield Figure(
        name="p99, the largest to the smallest",
        unit="×",
        values=(tail,),
        goal="≤ 1.5",
        met=tail <= 1.5,
    )
    grown = (resident_megabytes() - before) * 1024 / SIZES[-1]
    yield Figure(name="memory of a ticket", unit="KiB", values=(grown,))
    with tempfile.TemporaryDirectory() as folder:
        yield from _in_rows(Path(folder), signer, dice)


def _in_rows(folder: Path, signer: Signer, dice: random.Random) -> Iterator[Figure]:
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    store = SqlStore(url)
    judged = Judgement(at=START, verdict="new")
    began = time.process_time()
    with store.write() as tx:
        for n in range(IN_ROWS):
            tx.add_signed(_row(signer.sign(_case(n, dice)), judged))
    each = (time.process_time() - began) * 1000 / IN_ROWS
    yield Figure(name="a ticket signed and kept in rows", unit="ms", values=(each,))
    with store.read() as tx:
        yield from _figures(f"{IN_ROWS:,} tickets in rows", _timed(StoredPast(tx), signer, dice))
    store.close()


def _row(signature: Signature, judged: Judgement) -> Signed:
    return Signed(
        incident=signature.id,
        at=signature.at,
        body=written(signature),
        terms=signature.terms,
        chain=signature.id,
        judgement=judged,
    )


def _timed(past: Past, signer: Signer, dice: random.Random) -> tuple[float, float]:
    took = []
    for n in range(ASKED):
        case = _case(10**7 + n, dice)
        began = time.process_time()
        judge(past, signer.sign(case))
        took.append((time.process_time() - began) * 1000)
    return float(np.percentile(took, 50)), float(np.percentile(took, 99))


def _figures(name: str, took: tuple[float, float]) -> Iterator[Figure]:
    yield Figure(name=f"one compared, p50 ({name})", unit="ms", values=(took[0],))
    yield Figure(
        name=f"one compared, p99 ({name})",
        unit="ms",
        values=(took[1],),
        goal=f"≤ {GOAL_MS:.0f} ms",
        met=took[1] <= GOAL_MS,
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
