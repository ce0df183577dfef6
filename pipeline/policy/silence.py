"""When is a solved ticket closed by itself? At the announced time, or after days without a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..domain.events import Event, Noted
from ..domain.incident import Incident
from ..domain.lattices import TicketState


def closes_at(after: timedelta, ticket: Incident, event: Event) -> datetime | None:
    """None where it is not to be closed by itself. A word on the ticket begins the silence anew."""
    if not is_silent(ticket):
        return None
    announced = ticket.resolution.value.close_at if ticket.resolution else None
    if announced is not None and announced > ticket.state.at:
        return announced
    spoken = event.occurred_at if isinstance(event.data, Noted) else ticket.state.at
    return max(spoken, ticket.state.at) + after


def is_silent(ticket: Incident) -> bool:
    """Solved, ours to close, and no failure that others still hear of."""
    open_major = ticket.major is not None and ticket.major.is_open
    return (
        ticket.state.value is TicketState.RESOLVED
        and ticket.owner == "heliograph"
        and not open_major
    )
