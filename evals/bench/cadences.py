"""Two hundred major incidents among 10,000 open tickets: how long is a sweep, how late an update?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.bootstrap import Heliograph, open_heliograph, open_simulated
from pipeline.domain.communication import CommunicationState
from pipeline.domain.directory import Address, Directory, Group, Names, Service
from pipeline.flow.drain import advance, drain
from pipeline.settings import Settings

from .figures import Figure, percentile
from .installation import event, folder, incoming, people, report, settings
from .sinks import Sink, http_sink
from .waits import waits

TICKETS, CHUNK, MAJORS = 10_000, 500, 200
DECLARED_WITHIN = timedelta(minutes=18)
"""Shorter than the cadence of the highest severity, so that no update was due while they were made."""
AHEAD, WINDOW = timedelta(seconds=10), timedelta(seconds=60)
SWEEPS = 100
TOLD = ("affected", "leaders", "front_line")


class Shifted:
    """The machine's clock, in another hour: what is due in minutes is due in seconds."""

    def __init__(self) -> None:
        self._by = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by

    def shift_to(self, moment: datetime) -> None:
        self._by = moment - datetime.now(UTC)


def measure() -> Iterator[Figure]:
    yield from _measured(DECLARED_WITHIN, "declared over 18 min", goal=True)
    yield from _measured(timedelta(), "declared at once", goal=False)


def _measured(within: timedelta, how: str, *, goal: bool) -> Iterator[Figure]:
    clock = Shifted()
    with http_sink() as sink, folder() as made:
        found = settings(made, sink.url)
        _play(found, sink, within)
        app = open_heliograph(found, clock=clock)
        try:
            due = _due(app)
            clock.shift_to(min(due.values()) - AHEAD)
            drain(app.steps)
            sweeps = [sweep(app) for _ in range(SWEEPS)]
            late = _late(app, sink, clock, due)
        finally:
            app.close()
    among = f"{MAJORS} major incidents {how}, {TICKETS:,} open tickets"
    if goal:
        yield Figure(
            name="sweep for what is due, greatest",
            values=(max(sweeps),),
            unit="ms",
            goal="≤ 100 ms",
            met=max(sweeps) <= 100,
            note=f"n={SWEEPS}, {among}",
        )
    among = f"n={len(late)} in {WINDOW.seconds} s, {among}"
    half, most = percentile(late, 0.5), max(late)
    yield Figure(name="update late by, median", values=(half,), unit="ms", note=among)
    yield Figure(
        name="update late by, greatest",
        values=(most,),
        unit="ms",
        goal="≤ 1,000 ms",
        met=most <= 1000,
        note=among,
    )


def _play(found: Settings, sink: Sink, within: timedelta) -> None:
    """All that happened before, on a clock that is moved by hand."""
    app, clock = open_simulated(found, datetime.now(UTC))
    start = clock.now()
    try:
        app.acts.load_directory(directory(sink.url))
        for first in range(0, TICKETS, CHUNK):
            numbers = [f"T-{n}" for n in range(first, first + CHUNK)]
            app.intake.accept([incoming(report(number)) for number in numbers])
        drain(app.steps)
        for n in range(MAJORS):
            advance(clock, start + within * n / MAJORS, app.steps)
            app.intake.accept([incoming(declared(n))])
            drain(app.steps)
    finally:
        app.close()


def declared(n: int) -> dict[str, Any]:
    data = {"severity": "P1", "impact": "unavailable", "service": "crm"}
    return event("reported", f"M-{n}", data) | {"type": "heliograph.incident.declared.v1"}


def directory(url: str) -> Directory:
    reached = (Address.model_validate({"channel": "webhook", "value": url}),)
    names = ("staff", "leaders", "front-line", "incident-managers")
    return Directory(
        people=people(url).people,
        groups=tuple(
            Group(id=name, name=Names(zh=name, en=name), addresses=reached) for name in names
        ),
        services=(Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("staff",)),),
    )


def _due(app: Heliograph) -> dict[str, datetime]:
    """The planned updates that will reach the sink; the page takes its own without one."""
    planned = [
        c
        for incident in app.queries.majors("open", limit=MAJORS)
        for c in app.queries.communications(incident.id)
        if c.state is CommunicationState.PLANNED and c.audience in TOLD
    ]
    return {c.id: c.due_at for c in planned}


def sweep(app: Heliograph) -> float:
    """Milliseconds in which every worker looks for what is due, and when the next will be."""
    start = time.perf_counter()
    for step in app.steps:
        step.turn()
        step.next_due()
    return (time.perf_counter() - start) * 1000


def _late(app: Heliograph, sink: Sink, clock: Shifted, due: dict[str, datetime]) -> list[float]:
    """Milliseconds from due to arrival, of all that fall due in the window."""
    sink.forget()
    app.workers.start()
    now, tick = clock.now(), time.monotonic()
    until = min(due.values()) + WINDOW
    time.sleep((until - now).total_seconds() + AHEAD.total_seconds())
    awaited = {name: tick + (at - now).total_seconds() for name, at in due.items() if at < until}
    owners = {m.id: m.contents[0] for m in app.queries.messages(limit=TICKETS)}
    return waits(awaited, sink.arrived(), owners)
