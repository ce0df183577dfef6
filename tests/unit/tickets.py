"""Tickets in a line or two: what a test does not name is ordinary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.domain.communication import Communication, Kind, Reason
from pipeline.domain.events import (
    Assigned,
    Closed,
    Event,
    HandedOver,
    Noted,
    Reopened,
    Reported,
    Resolved,
    StateChanged,
)
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident, Owner
from pipeline.domain.payload import Payload, PersonRef

START = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def reported(**more: Any) -> Reported:
    usual: dict[str, Any] = {"title": "Mail client crashes", "requester": PersonRef(id="wang")}
    return Reported(**usual | more)


def assigned(to: str = "chen", **more: Any) -> Assigned:
    return Assigned(assignee=PersonRef(id=to), **more)


def state_changed(state: str = "in_progress", **more: Any) -> StateChanged:
    return StateChanged.model_validate({"state": state, **more})


def handed_over(group: str = "exchange", **more: Any) -> HandedOver:
    return HandedOver(group=group, **more)


def noted(text: str = "restarted it", **more: Any) -> Noted:
    return Noted(text=text, **more)


def resolved(fix_summary: str = "We rebuilt the profile", **more: Any) -> Resolved:
    return Resolved(fix_summary=fix_summary, **more)


def reopened(**more: Any) -> Reopened:
    return Reopened(**more)


def closed(silent: bool = False) -> Closed:
    return Closed(silent=silent)


def fold_all(events: list[Event], *, owner: Owner = "heliograph") -> Incident:
    """The fold over a whole stream that is not empty."""
    incident: Incident | None = None
    for one in events:
        incident = fold(incident, one, owner=owner)
    assert incident is not None
    return incident


def event(data: Payload, version: int = 1, at: datetime = START) -> Event:
    return Event(
        id=f"evt_{version}",
        source="desk",
        source_id=str(version),
        type=data.type,
        incident_id="inc_1",
        number="INC-1",
        version=version,
        occurred_at=at,
        recorded_at=at,
        data=data,
    )


def stream(*payloads: Payload) -> list[Event]:
    """One event a minute."""
    return [event(data, n, START + (n - 1) * MINUTE) for n, data in enumerate(payloads, 1)]


def ticket(*payloads: Payload) -> Incident:
    """A reported ticket after these."""
    incident: Incident | None = None
    for one in stream(reported(), *payloads):
        incident = fold(incident, one)
    assert incident is not None
    return incident


def communication(kind: Kind, name: str = "com_new", **more: Any) -> Communication:
    usual: dict[str, Any] = {
        "id": name,
        "incident": "inc_1",
        "kind": kind,
        "audience": "requester",
        "rule": f"rule-{kind.value}",
        "reason": Reason(code=kind.value),
        "due_at": START,
        "created_at": START,
        "events": (f"evt_{name}",),
    }
    return Communication(**usual | more)
