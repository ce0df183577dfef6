"""What may happen to the tickets of one service together, as CloudEvents: so many come in that it is asked why."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from .directory import Key
from .major_events import Severity
from .payload import Payload
from .times import Instant

MOST_NAMED = 50
"""Tickets that one event names."""


class TicketsSurged(Payload):
    """Several people reported the same service within a while; the first of their tickets says so, or the
    incident of an alert that fires on the service. It is a question, and declares nothing."""

    type = "heliograph.incident.tickets_surged.v1"
    summary = "Several tickets of one service came in within a short time."
    happened = frozenset({"since"})
    example: ClassVar[dict[str, Any]] = {
        "service": "crm",
        "people": 5,
        "tickets": ["INC-9611", "INC-9612", "INC-9613", "INC-9614", "INC-9615"],
        "within_minutes": 15,
        "since": "2026-08-24T10:02:00+08:00",
        "severity": "P2",
    }

    service: Key
    tickets: tuple[Key, ...] = Field(
        min_length=2,
        max_length=MOST_NAMED,
        description="The numbers of the first of their tickets.",
    )
    people: int = Field(strict=True, ge=2, description="How many reported it.")
    within_minutes: int = Field(strict=True, ge=1, le=1440)
    since: Instant = Field(description="When the first of them was reported.")
    severity: Severity = Field(
        description="How grave the rules take it to be, until somebody says otherwise."
    )


PAYLOADS: tuple[type[Payload], ...] = (TicketsSurged,)
