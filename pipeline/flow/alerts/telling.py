"""What of alerts becomes an event? Each signal of an incident once, however many things say it at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from ...domain.alert import LONGEST_DETAIL, within_reason
from ...domain.alert_events import AlertFlapping, AlertSteadied
from ...domain.cloudevents import Incoming
from ...domain.incident import Incident
from ...domain.maintenance_events import AlertHeld
from ...domain.major_events import AlertCleared, Alerted
from ...domain.payload import Payload
from ...domain.signals import Signal
from ...policy.alert_rules import AlertRules
from ...policy.alerting import Step

LEAST_GRAVE = "P9"
"""Sorts after every severity."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where an event goes: the source and number of its ticket; no number opens one."""

    source: str
    number: str | None

    @classmethod
    def of(cls, incident: Incident) -> Target:
        return cls(source=incident.source, number=incident.number)


def gravest_first(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda s: (s.after.severity or LEAST_GRAVE, s.after.alert.fingerprint))


def alerted(target: Target, steps: Sequence[Step], count: int, now: datetime) -> Incoming:
    """All of one signal that began with one message, as the gravest of them says it."""
    ordered = gravest_first(steps)
    first = ordered[0].after
    began = min(within_reason(s.after.alert.started_at, now) for s in ordered)
    data = Alerted(
        signal=first.alert.name,
        title=first.alert.title,
        service=first.service,
        severity=first.severity,
        impact=first.alert.impact,
        detail=_details(ordered),
        url=first.alert.url,
        count=count,
    )
    return _incoming(target, data, ordered[0].identity, began)


def cleared(
    target: Target, signal: Signal | None, steps: Sequence[Step], now: datetime
) -> Incoming:
    last = max(steps, key=lambda s: within_reason(s.after.alert.ended_at, now))
    ended = within_reason(last.after.alert.ended_at, now)
    # Two clocks may differ: an end from before its beginning would be taken for that of an earlier time.
    at = max(ended, signal.seen_at) if signal else ended
    return _incoming(target, AlertCleared(signal=last.after.alert.name), last.identity, at)


def flapping(target: Target, step: Step, rules: AlertRules, now: datetime) -> Incoming:
    data = AlertFlapping(
        signal=step.after.alert.name,
        changes=len(step.after.changes),
        within_minutes=max(1, int(rules.flapping_within.total_seconds()) // 60),
    )
    return _incoming(target, data, f"flapping:{step.identity}:{now.isoformat()}", now)


def held(target: Target, step: Step, now: datetime) -> Incoming:
    row = step.after
    data = AlertHeld(
        signal=row.alert.name,
        title=row.alert.title,
        service=row.service or "",
        severity=row.severity,
    )
    return _incoming(target, data, f"held:{target.number}:{step.identity}", now)


def steady(target: Target, signal: str, *, firing: bool, now: datetime) -> Incoming:
    data = AlertSteadied(signal=signal, firing=firing)
    return _incoming(target, data, f"steady:{target.number}:{signal}:{now.isoformat()}", now)


def _details(ordered: Sequence[Step]) -> str | None:
    """What each says, as long as there is room; none is cut in two."""
    lines: list[str] = []
    room = LONGEST_DETAIL
    for line in dict.fromkeys(s.after.alert.detail for s in ordered if s.after.alert.detail):
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join(lines) or None


def _incoming(target: Target, data: Payload, identity: str, at: datetime) -> Incoming:
    """The id is that of what happened: the same message again is the same event."""
    said = sha256(f"{data.type}\x1f{identity}".encode()).hexdigest()
    return Incoming(
        source=target.source,
        source_id=f"alert:{said[:40]}",
        type=data.type,
        number=target.number,
        occurred_at=at,
        data=data,
        content_hash=said,
    )
