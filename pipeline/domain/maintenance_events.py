"""What may happen to planned maintenance, from its announcement to its end, as CloudEvents.

Maintenance is a ticket of its own: its number is the change's. `change_announced` is said of a major incident.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from .directory import Key
from .major_events import Severity
from .payload import ByPerson, Line, Payload, Words
from .times import Instant

Services = Annotated[tuple[Key, ...], Field(min_length=1, max_length=50)]
BEGINS_AFTER = "ends_at must lie after starts_at"


class MaintenancePlanned(ByPerson):
    """Somebody will work on these services at that time. It opens the ticket."""

    type = "heliograph.ticket.maintenance_planned.v1"
    summary = "Planned maintenance was announced."
    personal = frozenset({"title", "effect", "not_affected", "by"})
    example: ClassVar[dict[str, Any]] = {
        "title": "CRM database upgrade",
        "services": ["crm"],
        "starts_at": "2026-08-29T22:00:00+08:00",
        "ends_at": "2026-08-29T23:30:00+08:00",
        "effect": {"zh": "期间无法登录 CRM", "en": "CRM cannot be used meanwhile"},
    }

    title: Line
    services: Services
    starts_at: Instant
    ends_at: Instant
    effect: Words | None = Field(default=None, description="What users will notice.")
    not_affected: Words | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> MaintenancePlanned:
        if self.ends_at <= self.starts_at:
            raise ValueError(BEGINS_AFTER)
        return self


class MaintenanceChanged(ByPerson):
    """Another time, other services or another effect; what is left out stays."""

    type = "heliograph.ticket.maintenance_changed.v1"
    summary = "Planned maintenance was changed."
    personal = frozenset({"effect", "not_affected", "by"})
    example: ClassVar[dict[str, Any]] = {"ends_at": "2026-08-30T00:30:00+08:00"}

    services: Services | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    effect: Words | None = None
    not_affected: Words | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> MaintenanceChanged:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError(BEGINS_AFTER)
        return self


class MaintenanceCancelled(ByPerson):
    """It will not take place, or is broken off."""

    type = "heliograph.ticket.maintenance_cancelled.v1"
    summary = "Planned maintenance was cancelled."
    personal = frozenset({"reason", "by"})
    example: ClassVar[dict[str, Any]] = {
        "reason": {"zh": "备件未到", "en": "the spare parts have not arrived"}
    }

    reason: Words | None = None


class MaintenanceNear(Payload):
    """It begins soon: said by Heliograph itself, as early as the rules ask for."""

    type = "heliograph.ticket.maintenance_near.v1"
    summary = "Planned maintenance begins soon."
    example: ClassVar[dict[str, Any]] = {"starts_at": "2026-08-29T22:00:00+08:00"}

    starts_at: Instant


class MaintenanceEnded(Payload):
    """Its time is over: said by Heliograph itself. Whether the work is done, nobody said with that."""

    type = "heliograph.ticket.maintenance_ended.v1"
    summary = "The time of planned maintenance is over."
    example: ClassVar[dict[str, Any]] = {"held": 3, "still_firing": 1}

    held: int = Field(default=0, strict=True, ge=0, description="Alerts that it kept back.")
    still_firing: int = Field(default=0, strict=True, ge=0)


class AlertHeld(Payload):
    """An alert of a service under maintenance: kept on record, and nobody is asked about it."""

    type = "heliograph.ticket.alert_held.v1"
    summary = "Planned maintenance kept an alert back."
    personal = frozenset({"title"})
    example: ClassVar[dict[str, Any]] = {
        "signal": "crm-login-errors",
        "title": "CRM sign-in errors above 40 %",
        "service": "crm",
        "severity": "P1",
    }

    signal: Key
    title: Line
    service: Key
    severity: Severity | None = None


class ChangeAnnounced(ByPerson):
    """The repair of a major incident needs a change, which people will notice."""

    type = "heliograph.incident.change_announced.v1"
    summary = "A change that the repair needs was announced."
    personal = frozenset({"effect", "by"})
    example: ClassVar[dict[str, Any]] = {
        "change": "CHG-2214",
        "starts_at": "2026-08-24T12:30:00+08:00",
        "ends_at": "2026-08-24T12:40:00+08:00",
        "effect": {"zh": "CRM 期间完全不可用", "en": "CRM cannot be used at all meanwhile"},
    }

    change: Key = Field(max_length=24, description="Its number, as people know it.")
    starts_at: Instant
    ends_at: Instant | None = None
    effect: Words | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> ChangeAnnounced:
        if self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError(BEGINS_AFTER)
        return self


PAYLOADS: tuple[type[Payload], ...] = (
    *(MaintenancePlanned, MaintenanceChanged, MaintenanceCancelled),
    *(MaintenanceNear, MaintenanceEnded, AlertHeld, ChangeAnnounced),
)
