"""How does a ticket move to a state, and how does that of planned maintenance follow its plan?"""

from __future__ import annotations

from .clocks_folding import clock_changes
from .events import Event
from .incident import Incident
from .lattices import TicketState, WaitingFor
from .maintenance_events import MaintenanceCancelled, MaintenanceChanged, MaintenanceEnded
from .recorded import newer, recorded


def of_maintenance(incident: Incident, event: Event, late: bool) -> dict[str, object]:
    """Its ticket follows its plan. Anything else, such as a second report of a known ticket, changes nothing but
    its place in the stream."""
    data = event.data
    if isinstance(data, MaintenanceChanged) and data.services is not None:
        return {"service": newer(incident.service, event, data.services[0])}
    if isinstance(data, MaintenanceCancelled | MaintenanceEnded):
        # Where a desk keeps the ticket, the desk closes it.
        ours = incident.owner == "heliograph" and incident.maintenance is not None and not late
        return moved_to(event, TicketState.CLOSED) if ours else {}
    return clock_changes(incident, event)


def moved_to(
    event: Event, state: TicketState, waiting_for: WaitingFor | None = None
) -> dict[str, object]:
    """The step to a state; a word to the requester belonged to the state before."""
    return {"message": None, "state": recorded(event, state), "waiting_for": waiting_for}
