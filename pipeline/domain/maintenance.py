"""What is known of planned maintenance at this moment? The part of its ticket that its events fold into."""

from __future__ import annotations

from typing import Literal

from .directory import Key, Value
from .events import Event
from .maintenance_events import (
    AlertHeld,
    MaintenanceCancelled,
    MaintenanceChanged,
    MaintenanceEnded,
    MaintenanceNear,
    MaintenancePlanned,
)
from .payload import PersonRef, Words
from .recorded import Recorded, newer, recorded
from .times import Instant

HELD_KEPT = 50


class Stretch(Value):
    """From when until when."""

    starts_at: Instant
    ends_at: Instant


class Maintenance(Value):
    """Which services, from when until when, and what is noticed of it. `changed` is how its plan was last
    changed, `was` the time that it had before where that moved it, `held` are the alerts that it kept back, each name once."""

    services: Recorded[tuple[Key, ...]]
    starts_at: Recorded[Instant]
    ends_at: Recorded[Instant]
    effect: Recorded[Words] | None = None
    not_affected: Recorded[Words] | None = None
    by: Recorded[PersonRef] | None = None
    changed: Recorded[MaintenanceChanged] | None = None
    was: Stretch | None = None
    cancelled: Recorded[MaintenanceCancelled] | None = None
    near: Recorded[MaintenanceNear] | None = None
    ended: Recorded[MaintenanceEnded] | None = None
    held: tuple[Recorded[AlertHeld], ...] = ()

    @property
    def standing(self) -> Literal["planned", "cancelled", "ended"]:
        if self.cancelled is not None:
            return "cancelled"
        return "ended" if self.ended is not None else "planned"

    def holds(self, signal: str) -> bool:
        """It is on record that this alert was kept back."""
        return any(one.value.signal == signal for one in self.held)


def planned(event: Event, data: MaintenancePlanned) -> Maintenance:
    def said(value: Words | None) -> Recorded[Words] | None:
        return None if value is None else recorded(event, value)

    return Maintenance(
        services=recorded(event, data.services),
        starts_at=recorded(event, data.starts_at),
        ends_at=recorded(event, data.ends_at),
        effect=said(data.effect),
        not_affected=said(data.not_affected),
        by=None if data.by is None else recorded(event, data.by),
    )


def fold_maintenance(known: Maintenance | None, event: Event) -> Maintenance | None:
    """After one more event. What is over is not moved any more; a plan that its change would turn round
    (an end before its start) is changed in nothing."""
    data = event.data
    if known is None:
        return planned(event, data) if isinstance(data, MaintenancePlanned) else None
    match data:
        case MaintenanceChanged() if known.standing == "planned":
            return _changed(known, event, data)
        case MaintenanceCancelled() if known.standing == "planned":
            return known.model_copy(update={"cancelled": recorded(event, data)})
        case MaintenanceNear():
            return known.model_copy(update={"near": recorded(event, data)})
        case MaintenanceEnded():
            return known.model_copy(update={"ended": recorded(event, data)})
        case AlertHeld():
            held = (*known.held, recorded(event, data))[-HELD_KEPT:]
            return known.model_copy(update={"held": held})
        case _:
            return known


def _changed(known: Maintenance, event: Event, data: MaintenanceChanged) -> Maintenance:
    then = known.model_copy(
        update={
            "services": newer(known.services, event, data.services),
            "starts_at": newer(known.starts_at, event, data.starts_at),
            "ends_at": newer(known.ends_at, event, data.ends_at),
            "effect": newer(known.effect, event, data.effect),
            "not_affected": newer(known.not_affected, event, data.not_affected),
            "changed": recorded(event, data),
        }
    )
    if then.ends_at.value <= then.starts_at.value:
        return known
    before, after = _stretch(known), _stretch(then)
    return then.model_copy(update={"was": before if before != after else None})


def _stretch(plan: Maintenance) -> Stretch:
    return Stretch(starts_at=plan.starts_at.value, ends_at=plan.ends_at.value)


def overlap(one: Maintenance, other: Maintenance) -> bool:
    """Both are planned, and work on the same service at the same time."""
    if one.standing != "planned" or other.standing != "planned":
        return False
    apart = one.ends_at.value <= other.starts_at.value or other.ends_at.value <= one.starts_at.value
    return not apart and not set(one.services.value).isdisjoint(other.services.value)
