"""How long from an event's arrival until its first message is at the far side, at 50 events/s?"""

from __future__ import annotations

import time
from collections.abc import Iterator

from .figures import Figure, percentile
from .installation import folder, incoming, installation, note, report
from .sinks import http_sink
from .waits import waits

RATE, SECONDS, TICKETS = 50, 30, 50


def measure() -> Iterator[Figure]:
    """One event in ten is a report, which is acknowledged at once; the others are notes."""
    with http_sink() as sink, folder() as made, installation(made, sink.url) as app:
        app.intake.accept([incoming(report(f"T-{n}")) for n in range(TICKETS)])
        app.workers.start()
        sink.wait_for(TICKETS)
        sink.forget()
        sent: dict[str, float] = {}
        begun = time.monotonic()
        for n in range(RATE * SECONDS):
            _until(begun + n / RATE)
            raw = report(f"L-{n}") if n % 10 == 0 else note(f"T-{n % TICKETS}")
            start = time.monotonic()
            [accepted] = app.intake.accept([incoming(raw)])
            if n % 10 == 0:
                sent[accepted.incident_id] = start
        sink.wait_for(len(sent))
        owners = {m.id: m.incident for m in app.queries.messages(limit=TICKETS + len(sent))}
        took = waits(sent, sink.arrived(), owners)
    half, most = percentile(took, 0.5), percentile(took, 0.99)
    mix = f"n={len(took)}, {RATE} events/s, 1 in 10 a report"
    yield Figure(
        name="event → handed over, p50",
        values=(half,),
        unit="ms",
        goal="≤ 20 ms",
        met=half <= 20,
        note=mix,
    )
    yield Figure(
        name="event → handed over, p99",
        values=(most,),
        unit="ms",
        goal="≤ 100 ms",
        met=most <= 100,
        note=mix,
    )


def _until(moment: float) -> None:
    wait = moment - time.monotonic()
    if wait > 0:
        time.sleep(wait)
