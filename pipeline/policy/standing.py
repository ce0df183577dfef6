"""Does a decided message still fit how things stand? Asked when it is drafted, for a row can wait."""

from __future__ import annotations

from ..domain.communication import Communication, Kind, Reason
from ..domain.incident import Incident
from ..domain.promise import Promise, PromiseState
from ..domain.service_clock import ClockState, ServiceClock

_WHILE_OPEN = frozenset(
    {Kind.FIRST_CONTACT, Kind.SCOPE, Kind.UPDATE, Kind.RELAPSE, Kind.CHANGE_NOTICE}
)
_TOLD_MEANWHILE = frozenset({PromiseState.KEPT, PromiseState.LATE, PromiseState.WITHDRAWN})
"""The promise of an update in these states was settled by other news. A broken one is still owed."""
_ENDS = {Kind.RECOVERY: "restored", Kind.WITHDRAWAL: "withdrawn"}


def overtaken(c: Communication, incident: Incident, promise: Promise | None) -> Reason | None:
    """Why it is not told any more; None when it is."""
    major = incident.major
    if c.kind is Kind.DECLARE_REQUEST and (major is not None or _decided_since(c, incident)):
        return Reason(code="decided_already")
    if c.kind in (Kind.MAINTENANCE, Kind.MAINTENANCE_CANCELLED):
        return _of_maintenance(c, incident)
    if c.kind is Kind.RELAPSE_REQUEST and (major is None or major.standing != "restored"):
        return Reason(code="decided_already")
    if c.kind is Kind.ALERT_FLAPPING and all(s.flapping is None for s in incident.signals):
        return Reason(code="alert_steady")
    if c.kind is Kind.PROMISE_WARNING and (
        promise is None or promise.state is not PromiseState.OPEN
    ):
        return Reason(code="promise_settled")
    if c.kind is Kind.APPROVAL_REQUEST and not _is_awaited(c, incident):
        return Reason(code="approval_over")
    if c.scheduled and promise is not None and promise.state in _TOLD_MEANWHILE:
        return Reason(code="told_meanwhile")
    if c.kind is Kind.CORRECTION and (major is None or major.withdrawn is not None):
        return Reason(code="not_so")
    if c.kind in _ENDS and (major is None or major.standing != _ENDS[c.kind]):
        return Reason(code="not_so")
    # A ticket that was closed is not a failure that is over: of that people go on to hear.
    if c.kind in _WHILE_OPEN and (major is None or not major.is_told):
        return Reason(code="over_already")
    if c.kind is Kind.RELAPSE and major is not None and major.relapse is None:
        return Reason(code="not_so")
    return None


def _is_awaited(c: Communication, incident: Incident) -> bool:
    """Nobody is asked after the end, nor whoever has passed it on."""
    named = (a for a in incident.approvals if a.id == c.approval)
    return any(c.to is not None and a.waits_for(c.to) for a in named)


def _of_maintenance(c: Communication, incident: Incident) -> Reason | None:
    """What is over is announced no more, and what was never cancelled is not taken back."""
    standing = incident.maintenance.standing if incident.maintenance else "ended"
    fits = "cancelled" if c.kind is Kind.MAINTENANCE_CANCELLED else "planned"
    return None if standing == fits else Reason(code="maintenance_over")


def _decided_since(c: Communication, incident: Incident) -> bool:
    """It was found to be none, or belongs to one that was declared elsewhere."""
    if incident.attached is not None:
        return True
    return incident.dismissed is not None and incident.dismissed.at >= c.created_at


def clock_stopped(c: Communication, clock: ServiceClock | None) -> Reason | None:
    """Nobody is warned of a deadline that does not run any more; None for all other messages."""
    if c.kind is not Kind.SERVICE_LEVEL_WARNING:
        return None
    runs = clock is not None and clock.state is ClockState.RUNNING
    return None if runs else Reason(code="clock_stopped")
