"""Ten thousand open tickets with two clocks each, and 200 major incidents: how long is a sweep, how late a
warning?
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pipeline.bootstrap import Heliograph, open_heliograph, open_simulated
from pipeline.domain.cloudevents import parse
from pipeline.domain.communication import Kind
from pipeline.domain.directory import Address, Directory, Group, Names
from pipeline.domain.service_clock import ClockState
from pipeline.flow.drain import advance, drain
from pipeline.settings import Settings

from .cadences import AHEAD, SWEEPS, Shifted, declared, sweep
from .cadences import directory as of_majors
from .figures import Figure, percentile
from .installation import event, folder, incoming, report, settings
from .sinks import Sink, http_sink
from .waits import waits

TICKETS, CHUNK, MAJORS, NEAR = 10_000, 500, 200, 300
WINDOW = timedelta(seconds=60)
"""In which the first stage of every near ticket falls due, and the updates of some major incidents."""
DECLARED_WITHIN = timedelta(minutes=18)
FIRST_STAGE = timedelta(minutes=15) * 0.75
"""Of the response to a ticket of the highest priority, by the shipped rules."""
UPDATE_AFTER = timedelta(minutes=19)


def measure() -> Iterator[Figure]:
    clock = Shifted()
    with http_sink() as sink, folder() as made:
        found = settings(made, sink.url)
        _play(found, sink)
        app = open_heliograph(found, clock=clock)
        try:
            due = _due(app)
            clock.shift_to(min(due.values()) - AHEAD)
            drain(app.steps)
            sweeps = [sweep(app) for _ in range(SWEEPS)]
            late = _late(app, sink, clock, due)
        finally:
            app.close()
    among = f"{TICKETS:,} open tickets with two clocks each, {MAJORS} major incidents"
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
    yield Figure(name="warning late by, median", values=(half,), unit="ms", note=among)
    yield Figure(
        name="warning late by, greatest",
        values=(most,),
        unit="ms",
        goal="≤ 1,000 ms",
        met=most <= 1000,
        note=among,
    )


def _play(found: Settings, sink: Sink) -> None:
    """All that happened before, on a clock that is moved by hand."""
    app, clock = open_simulated(found, datetime.now(UTC))
    start = clock.now()
    majors = [(DECLARED_WITHIN * n / MAJORS, declared(n)) for n in range(MAJORS)]
    first = UPDATE_AFTER - FIRST_STAGE
    near = [(first + WINDOW * n / NEAR, _near(n)) for n in range(NEAR)]
    try:
        app.acts.load_directory(_directory(sink.url))
        for begin in range(0, TICKETS, CHUNK):
            numbers = [f"T-{n}" for n in range(begin, begin + CHUNK)]
            app.intake.accept([incoming(report(number)) for number in numbers])
        drain(app.steps)
        for offset, raw in sorted([*majors, *near], key=lambda one: one[0]):
            advance(clock, start + offset, app.steps)
            raw["time"] = clock.now().isoformat()
            app.intake.accept([parse(raw, now=clock.now())])
            drain(app.steps)
    finally:
        app.close()


def _near(n: int) -> dict[str, object]:
    """A ticket that nobody takes."""
    data = {"title": "The till is dead", "requester": {"id": "wang"}, "priority": "P1"}
    return event("reported", f"N-{n}", data | {"group": "tills"})


def _directory(url: str) -> Directory:
    reached = (Address.model_validate({"channel": "webhook", "value": url}),)
    tills = Group(id="tills", name=Names(zh="收银", en="Tills"), addresses=reached)
    known = of_majors(url)
    return known.model_copy(update={"groups": (*known.groups, tills)})


def _due(app: Heliograph) -> dict[str, datetime]:
    """When the first stage of each near ticket is due, by its clock."""
    going = app.clocks.going(ClockState.RUNNING, 2 * NEAR)
    near = [c for c in going if c.what == "response" and c.limit == 900]
    return {c.id: c.look_at for c in near if c.look_at is not None}


def _late(app: Heliograph, sink: Sink, clock: Shifted, due: dict[str, datetime]) -> list[float]:
    """Milliseconds from due to arrival, of every near ticket's first warning."""
    sink.forget()
    app.workers.start()
    now, tick = clock.now(), time.monotonic()
    time.sleep((max(due.values()) - now + AHEAD).total_seconds())
    awaited = {name: tick + (at - now).total_seconds() for name, at in due.items()}
    owners = {
        m.id: m.card
        for m in app.queries.messages(limit=TICKETS)
        if m.card is not None and _tells_first(app, m.contents[0])
    }
    return waits(awaited, sink.arrived(), owners)


def _tells_first(app: Heliograph, communication: str) -> bool:
    c = app.queries.communication(communication)
    return c is not None and c.kind is Kind.SERVICE_LEVEL_WARNING and c.stage == "75%"
