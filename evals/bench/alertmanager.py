"""How long from an alert in Alertmanager to its webhook, and to the first contact? And what does a storm cost?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from pipeline.bootstrap import Heliograph
from pipeline.domain.alert import Alert
from pipeline.domain.directory import Directory, Names, Service
from pipeline.ports import Search

from .figures import Figure, percentile
from .installation import SECRET, folder, installation
from .monitor import Alertmanager, program, running, until
from .sinks import Sink, http_sink

ROOT = Path(__file__).parents[2]
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
    with http_sink() as sink, folder() as made:
        with installation(made / "data", sink.url) as app:
            _services(app, ROUNDS, users=("exchange",))
        yield from _rounds(sink, path, made)


def _storm(app: Heliograph) -> Iterator[Figure]:
    _services(app, SERVICES, users=())
    messages = [_message(n) for n in range(MESSAGES)]
    for name in ("10,000 alerts", "the same 10,000 again"):
        took = []
        for raw in messages:
            start = time.perf_counter()
            app.monitoring.alerts.take("bench", raw)
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


def _message(n: int) -> list[Alert]:
    began = datetime.now(UTC)
    return [
        Alert(
            fingerprint=f"{n}-{i}",
            name=f"Alert{(n * ALERTS + i) % NAMES}",
            status="firing",
            title="above its limit",
            started_at=began,
            labels={"instance": f"host-{n}-{i}", "severity": "warning"},
            detail=f"instance=host-{n}-{i}",
            service=f"svc-{n % SERVICES}",
            group=f"g{n}",
        )
        for i in range(ALERTS)
    ]


def _rounds(sink: Sink, path: str, made: Path) -> Iterator[Figure]:
    with _served(made / "data", sink) as (client, secret):
        webhook = f"{client.base_url}/api/v1/webhooks/alertmanager?source=prometheus"
        with running(path, made, webhook, secret) as manager:
            found = [_round(client, sink, manager, n) for n in range(ROUNDS)]
    heard, told = zip(*found, strict=True)
    note = f"n={ROUNDS}, the real Alertmanager, group_wait 20 ms, two signals"
    for name, took in (("webhook taken", heard), ("first contact handed over", told)):
        for word, share in (("p50", 0.5), ("p99", 0.99)):
            value = percentile(list(took), share)
            yield Figure(name=f"alert → {name}, {word}", values=(value,), unit="ms", note=note)


def _round(client: httpx.Client, sink: Sink, manager: Alertmanager, n: int) -> tuple[float, float]:
    """Milliseconds until the incident is on record, and until those affected were told."""
    sink.forget()
    wall, start = datetime.now(UTC), time.monotonic()
    labels = {"service": f"svc-{n}", "severity": "critical"}
    manager.post({"labels": labels | {"alertname": "A"}}, {"labels": labels | {"alertname": "B"}})
    sink.wait_for(1)
    told = min(moment for _, moment in sink.arrived()) - start
    first = until(lambda: _first_event(client, f"svc-{n}"))
    return 1000 * (first - wall).total_seconds(), 1000 * told


def _first_event(client: httpx.Client, service: str) -> datetime | None:
    found = client.get("/api/v1/incidents", params={"service": service}).json()["incidents"]
    if not found:
        return None
    events = client.get(f"/api/v1/incidents/{found[0]['id']}/events").json()
    return datetime.fromisoformat(events[0]["recorded_at"])


def _services(app: Heliograph, count: int, users: tuple[str, ...]) -> None:
    services = tuple(
        Service(id=f"svc-{n}", name=Names(zh=f"服务 {n}", en=f"Service {n}"), users=users)
        for n in range(count)
    )
    app.acts.load_directory(Directory(services=services))


@contextmanager
def _served(data: Path, sink: Sink) -> Iterator[tuple[httpx.Client, str]]:
    """A server of its own process on this folder, and a client with the token of its commands."""
    settings = {
        "DATA_DIR": str(data),
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_HOSTS": json.dumps([sink.url.split("/")[2]]),
        "ENCODER": "none",
        "LOG_LEVEL": "error",
    }
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "heliograph.py"), "serve", "--empty", "--port", "0"],
        env=os.environ | {f"HELIOGRAPH_{name}": value for name, value in settings.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    file = data / "server.json"
    try:
        until(file.exists, within=60)
        said = json.loads(file.read_text())
        headers = {"Authorization": f"Bearer {said['token']}"}
        with httpx.Client(base_url=said["url"], headers=headers, trust_env=False) as client:
            yield client, said["token"]
    finally:
        server.terminate()
        server.wait(20)
