"""Runs the benchmarks one after the other, prints a table, writes JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from . import (
    alertmanager,
    cadences,
    intake,
    kills,
    latency,
    monday,
    recurrence,
    sending,
    start,
    status_page,
    sweep,
    timers,
)
from .figures import Figure, shown

BENCHMARKS: dict[str, Callable[[], Iterator[Figure]]] = {
    "start": start.measure,
    "intake": intake.measure,
    "latency": latency.measure,
    "sending": sending.measure,
    "timers": timers.measure,
    "cadences": cadences.measure,
    "sweep": sweep.measure,
    "recurrence": recurrence.measure,
    "kills": kills.measure,
    "alertmanager": alertmanager.measure,
    "monday": monday.measure,
    "status-page": status_page.measure,
}


def run(names: Sequence[str], file: Path) -> None:
    """The table as Markdown on stdout; the same figures with all their values in `file`."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite fully synced\n")
    print("| what | median | spread | n | goal | |")
    print("| --- | --- | --- | --- | --- | --- |")
    found: list[dict[str, object]] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        for figure in BENCHMARKS[name]():
            print(_row(figure), flush=True)
            found.append({"benchmark": name, **_record(figure)})
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _row(figure: Figure) -> str:
    verdict = {True: "met", False: "**not met**", None: ""}[figure.met]
    name = f"{figure.name} ({figure.note})" if figure.note else figure.name
    middle = f"{shown(figure.middle)} {figure.unit}".strip()
    return f"| {name} | {middle} | {figure.spread} | {len(figure.values)} | {figure.goal} | {verdict} |"


def _record(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "unit": figure.unit,
        "median": figure.middle,
        "values": list(figure.values),
        "goal": figure.goal,
        "met": figure.met,
        "note": figure.note,
    }
