"""Which events may a source send, and which does Heliograph alone record?"""

from __future__ import annotations

from collections.abc import Mapping

from .alert_events import AlertFlapping, AlertSteadied
from .conversation_events import ConversationAdded, ConversationRemoved
from .events import PAYLOADS
from .maintenance_events import AlertHeld, MaintenanceEnded, MaintenanceNear
from .payload import Payload
from .problems_events import ProblemMoved, Recurred
from .surge_events import TicketsSurged

MADE_HERE: frozenset[type[Payload]] = frozenset(
    {
        *(AlertFlapping, AlertSteadied, AlertHeld, TicketsSurged),
        *(MaintenanceNear, MaintenanceEnded, Recurred, ProblemMoved),
        *(ConversationAdded, ConversationRemoved),
    }
)
"""It counted, compared or kept something, and the event says so: from anybody else that would be a claim about rows
that are not there."""
FROM_OUTSIDE: Mapping[str, type[Payload]] = {
    type_: payload for type_, payload in PAYLOADS.items() if payload not in MADE_HERE
}


def refusal(type_: str) -> str | None:
    """What is to be said to a source that sends such an event; None for one that it may send."""
    if type_ not in PAYLOADS or type_ in FROM_OUTSIDE:
        return None
    return (
        f"{type_} is what Heliograph itself records; send what happened as another type "
        "(GET /api/v1/schemas lists them)"
    )
