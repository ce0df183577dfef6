"""Which services are under maintenance from when until when? Rows that follow the events of its tickets."""

from __future__ import annotations

from datetime import datetime

from ..alert_ports import Window
from ..domain.events import Closed, Event, Reopened, Resolved
from ..domain.incident import Incident
from ..domain.maintenance import Maintenance
from ..domain.maintenance_events import (
    MaintenanceCancelled,
    MaintenanceChanged,
    MaintenanceEnded,
    MaintenancePlanned,
)
from ..policy.alert_rules import MaintenanceRules
from ..ports import Transaction

_MOVES = (
    *(MaintenancePlanned, MaintenanceChanged, MaintenanceCancelled, MaintenanceEnded),
    *(Closed, Resolved, Reopened),
)


def follow(
    tx: Transaction, event: Event, after: Incident, rules: MaintenanceRules, now: datetime
) -> None:
    """The rows by which alerts find their maintenance follow each event of it, in its transaction."""
    plan = after.maintenance
    if plan is None or not isinstance(event.data, _MOVES):
        return
    if is_over(after):
        tx.drop_window(after.id)
        tx.release_held(after.id, now)
        return
    window = Window(
        incident=after.id,
        number=after.number,
        starts_at=plan.starts_at.value,
        ends_at=plan.ends_at.value,
    )
    tx.save_window(window, plan.services.value, next_look(plan, rules, now))
    if not isinstance(event.data, MaintenancePlanned):
        # Another time, or other services: what it kept back is looked at anew.
        tx.release_held(after.id, now)


def is_over(incident: Incident) -> bool:
    """It keeps nothing back any more: ended, cancelled, or its ticket is done."""
    plan = incident.maintenance
    return plan is None or plan.standing != "planned" or incident.state.value.is_over


def next_look(plan: Maintenance, rules: MaintenanceRules, now: datetime) -> datetime:
    """Its next reminder, else its end."""
    reminders = (plan.starts_at.value - before for before in rules.announce_before)
    return min((at for at in reminders if at > now), default=plan.ends_at.value)
