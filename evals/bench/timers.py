"""What do 100,000 pending timers cost, and how late are those that fall due among them?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication, Kind, Reason

from .figures import Figure, percentile
from .installation import folder, incoming, installation, report
from .memory import resident_megabytes
from .sinks import http_sink
from .waits import waits

PENDING, DUE, SECONDS, CHUNK = 100_000, 200, 10, 5000


def measure() -> Iterator[Figure]:
    with http_sink() as sink, folder() as made, installation(made, sink.url) as app:
        numbers = [f"D-{n}" for n in range(DUE)]
        tickets = app.intake.accept([incoming(report(number)) for number in numbers])
        app.workers.start()
        sink.wait_for(DUE)
        sink.forget()
        before = resident_megabytes()
        start = time.perf_counter()
        _add_pending(app, tickets[0].incident_id)
        added = PENDING / (time.perf_counter() - start)
        now, tick = datetime.now(UTC), time.monotonic()
        gaps = [2 + SECONDS * n / DUE for n in range(DUE)]
        near = [
            _row(ticket.incident_id, f"due-{ticket.number}", now + timedelta(seconds=gap))
            for ticket, gap in zip(tickets, gaps, strict=True)
        ]
        with app.store.write() as tx:
            tx.add_communications(near)
        sink.wait_for(DUE)
        arrived = sink.arrived()
        after = resident_megabytes()
        due = {row.id: tick + gap for row, gap in zip(near, gaps, strict=True)}
        owners = {m.id: m.bundle for m in app.queries.messages(limit=2 * DUE)}
        late = waits(due, arrived, owners)
    most = max(late)
    among = f"n={DUE} among {PENDING:,} pending"
    yield Figure(name="timers written", values=(added,), unit="/s")
    yield Figure(name="memory for 100,000 pending timers", values=(after - before,), unit="MB")
    yield Figure(name="lateness, median", values=(percentile(late, 0.5),), unit="ms", note=among)
    yield Figure(
        name="lateness, greatest",
        values=(most,),
        unit="ms",
        goal="≤ 1,000 ms",
        met=most <= 1000,
        note=among,
    )


def _add_pending(app: Heliograph, incident: str) -> None:
    far = datetime.now(UTC) + timedelta(days=30)
    for first in range(0, PENDING, CHUNK):
        rows = [_row(incident, f"far-{n}", far) for n in range(first, first + CHUNK)]
        with app.store.write() as tx:
            tx.add_communications(rows)


def _row(incident: str, name: str, due_at: datetime) -> Communication:
    return Communication(
        id=f"com_{name}",
        incident=incident,
        kind=Kind.STATUS_CHANGE,
        audience="requester",
        rule="tell-requester-of-state",
        reason=Reason(code="bench"),
        due_at=due_at,
        created_at=datetime.now(UTC),
        events=("evt_bench",),
    )
