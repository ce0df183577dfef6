"""How long from an alert in Alertmanager to its webhook, and to the first contact? And what does a storm cost?"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn

from api.app import create_app
from api.auth.secret_values import hashed
from api.webhooks.alertmanager import read
from pipeline.access import Token
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.incident import Incident
from pipeline.ports import Search

from .figures import Figure, percentile
from .installation import folder, installation
from .monitor import Alertmanager, program, running, until
from .sinks import Sink, http_sink

SECRET = "hg_a-token-that-is-only-used-to-measure"
ROUNDS = 20
MESSAGES, ALERTS, NAMES, SERVICES = 100, 100, 20, 10
NOWHERE = "http://127.0.0.1:9/hook"


def measure() -> Iterator[Figure]:
    """A storm of ten thousand alerts, then the same again; and rounds of two alerts by the real Alertmanager."""
    with folder() as made, installation(made, NOWHERE) as app:
        yield from _storm(app)
    path = program()
    if path is None:
        print("Alertmanager is not installed: its part is left out", file=sys.stderr)
        return
    with http_sink() as sink, folder() as made, installation(made / "data", sink.url) as app:
        yield from _rounds(app, sink, path, made)


def _storm(app: Heliograph) -> Iterator[Figure]:
    _services(app, SERVICES, users=())
    messages = [_message(n) for n in range(MESSAGES)]
    for name in ("10,000 alerts", "the same 10,000 again"):
        took = []
        for raw in messages:
            start = time.perf_counter()
            app.monitoring.alerts.take("bench", read(raw)[0])
            took.append(1000 * (time.perf_counter() - start))
        note = f"{MESSAGES} messages of {ALERTS}, {NAMES} names, {SERVICES} services"
        whole = sum(took) / 1000
        yield Figure(
            name=name, values=(whole,), unit="s", goal="≤ 60 s", met=whole <= 60, note=note
        )
        yield Figure(name=f"{name}, a message, p99", values=(percentile(took, 0.99),), unit="ms")
    found = app.queries.incidents(Search(limit=500)).incidents
    events = sum(i.version for i in found)
    yield Figure(name="tickets of the storm", values=(float(len(found)),), unit="")
    yield Figure(name="events of the storm", values=(float(events),), unit="")


def _message(n: int) -> dict[str, Any]:
    began = datetime.now(UTC).isoformat()
    alerts = [
        {
            "status": "firing",
            "labels": {
                "alertname": f"Alert{(n * ALERTS + i) % NAMES}",
                "service": f"svc-{n % SERVICES}",
                "instance": f"host-{n}-{i}",
                "severity": "warning",
            },
            "annotations": {"summary": "above its limit"},
            "startsAt": began,
            "endsAt": "0001-01-01T00:00:00Z",
            "fingerprint": f"{n}-{i}",
        }
        for i in range(ALERTS)
    ]
    return {"version": "4", "groupKey": f"g{n}", "status": "firing", "alerts": alerts}


def _rounds(app: Heliograph, sink: Sink, path: str, made: Path) -> Iterator[Figure]:
    _services(app, ROUNDS, users=("exchange",))
    now = app.clock.now()
    app.access.add_token(
        Token(
            id="tok-bench",
            name="bench",
            secret_hash=hashed(SECRET),
            scopes=frozenset({"events:write"}),
            sources=frozenset({"prometheus"}),
            created_at=now,
        )
    )
    with (
        _served(app) as url,
        running(path, made, f"{url}/api/v1/webhooks/alertmanager", SECRET) as manager,
    ):
        heard, told = zip(*(_round(app, sink, manager, n) for n in range(ROUNDS)), strict=True)
    for name, took in (
        ("alert → webhook taken", heard),
        ("alert → first contact handed over", told),
    ):
        for word, share in (("p50", 0.5), ("p99", 0.99)):
            value = percentile(list(took), share)
            note = f"n={ROUNDS}, the real Alertmanager, group_wait 20 ms, two signals"
            yield Figure(name=f"{name}, {word}", values=(value,), unit="ms", note=note)


def _round(app: Heliograph, sink: Sink, manager: Alertmanager, n: int) -> tuple[float, float]:
    """Milliseconds until the incident is on record, and until those affected were told."""
    sink.forget()
    wall, start = app.clock.now(), time.monotonic()
    labels = {"service": f"svc-{n}", "severity": "critical"}
    manager.post({"labels": labels | {"alertname": "A"}}, {"labels": labels | {"alertname": "B"}})
    sink.wait_for(1)
    told = min(moment for _, moment in sink.arrived()) - start
    incident: Incident = until(lambda: _of(app, f"svc-{n}"))
    first = app.queries.stream(incident.id)[0].recorded_at
    return 1000 * (first - wall).total_seconds(), 1000 * told


def _of(app: Heliograph, service: str) -> Incident | None:
    found = app.queries.incidents(Search(service=service)).incidents
    return found[0] if found else None


def _services(app: Heliograph, count: int, users: tuple[str, ...]) -> None:
    services = tuple(
        Service(id=f"svc-{n}", name=Names(zh=f"服务 {n}", en=f"Service {n}"), users=users)
        for n in range(count)
    )
    app.acts.load_directory(Directory(services=services))


@contextmanager
def _served(app: Heliograph) -> Iterator[str]:
    import socket

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(app), log_config=None, access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
