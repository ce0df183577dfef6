"""What may happen to the alerts of an incident beside firing and stopping, as CloudEvents."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from .directory import Key
from .payload import Payload


class AlertFlapping(Payload):
    """It keeps going to and fro: from now on that is told as one thing, and not each turn."""

    type = "heliograph.incident.alert_flapping.v1"
    summary = "An alert keeps changing between firing and quiet."
    example: ClassVar[dict[str, Any]] = {
        "signal": "crm-login-errors",
        "changes": 6,
        "within_minutes": 10,
    }

    signal: Key
    changes: int = Field(strict=True, ge=2, le=1000)
    within_minutes: int = Field(strict=True, ge=1, le=1440)


class AlertSteadied(Payload):
    """It has not changed for a while: as it stands now counts again."""

    type = "heliograph.incident.alert_steadied.v1"
    summary = "An alert stopped changing."
    example: ClassVar[dict[str, Any]] = {"signal": "crm-login-errors", "firing": False}

    signal: Key
    firing: bool


PAYLOADS: tuple[type[Payload], ...] = (AlertFlapping, AlertSteadied)
