"""Many report one service at once: what they send, and who was asked what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.payload import Payload
from pipeline.domain.surge_events import TicketsSurged
from pipeline.policy.loading import SHIPPED, read_rules

from .desk import Desk

SECOND = 1 / 60
FIVE = ("T-1", "T-2", "T-3", "T-4", "T-5")


def report(desk: Desk, n: int, by: str | None = None, **more: Any) -> None:
    """The n-th ticket, of the n-th person unless it is said otherwise."""
    data = {"title": "Cannot sign in", "service": "crm", "requester": {"id": by or f"u{n}"}}
    desk.report(f"T-{n}", **data | more)
    desk.settle()


def reports(desk: Desk, first: int, last: int, **more: Any) -> None:
    for n in range(first, last + 1):
        report(desk, n, **more)


def alert(desk: Desk, number: str = "A-1", **more: Any) -> None:
    usual = {"signal": "errors", "title": "errors", "service": "crm", "severity": "P1"}
    raw = desk.event("alerted", number, **usual | more)
    desk.accept(raw | {"type": "heliograph.incident.alerted.v1"})
    desk.settle()


def ticket(desk: Desk, number: str) -> Incident:
    found = desk.app.queries.incident(number)
    assert found is not None
    return found


def record(desk: Desk, number: str, data: Payload) -> None:
    found = ticket(desk, number)
    desk.app.acts.record(found.id, data, version=found.version)
    desk.settle()


def surges(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    """On which ticket it was asked, and about which."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for number in (*(f"T-{n}" for n in range(1, 20)), "A-1"):
        incident = desk.app.queries.incident(number)
        stream: list[Event] = desk.app.queries.stream(incident.id) if incident else []
        found += [(number, e.data.tickets) for e in stream if isinstance(e.data, TicketsSurged)]
    return found


def asked(desk: Desk) -> list[str]:
    """Who was asked, in the order in which it happened."""
    words = ("within 15 min", "15 分钟内")
    return [m.address for m in desk.mail.sent if any(one in m.subject for one in words)]


def held_down(folder: Path, service: str = "crm") -> Path:
    """The shipped rules, with a hold-down for tickets of the CRM, of which three are enough."""
    line = "    - {count: 5, within: 15m, severity: P2, second_signal: true}\n"
    own = f"    - {{service: {service}, count: 3, within: 10m, severity: P1, hold_down: 20m}}\n"
    files = read_rules(SHIPPED)
    files["major_incident.yaml"] = files["major_incident.yaml"].replace(line, line + own)
    assert own in files["major_incident.yaml"]
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
