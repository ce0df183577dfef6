"""Which state may follow which? Ticket state and incident phase are two separate lattices."""

from __future__ import annotations

from enum import StrEnum


class TicketState(StrEnum):
    """Where the ticket stands at the service desk."""

    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class WaitingFor(StrEnum):
    """Why a waiting ticket waits."""

    APPROVAL = "approval"
    REQUESTER = "requester"
    SUPPLIER = "supplier"
    OTHER = "other"


class Phase(StrEnum):
    """How far the repair of an incident has come (rule M8); sources may skip steps in between."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATING = "mitigating"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


STATE_KEYS = tuple(
    key
    for state in TicketState
    for key in (
        (f"{state.value}.{why.value}" for why in WaitingFor)
        if state is TicketState.WAITING
        else (state.value,)
    )
)
"""How a ticket's state is named in texts: a waiting one says for whom."""
class Impact(StrEnum):
    """What people notice. "Unavailable" is said of a full outage only (rule N4)."""

    UNAVAILABLE = "unavailable"
    PARTIAL = "partial"
    DEGRADED = "degraded"
