"""Is it asked whether so many tickets are one failure, and was it said that there is none, after one more event?"""

from __future__ import annotations

from .events import Event
from .incident import Incident
from .major_events import Withdrawn
from .recorded import newer, recorded
from .surge_events import TicketsSurged


def asked_after(incident: Incident, event: Event) -> dict[str, object]:
    """The change that the event makes; empty for what takes a major incident back."""
    match event.data:
        case TicketsSurged() as data:
            newest = newer(incident.surge, event, data)
            if newest is incident.surge:
                return {}
            return {"surge": newest, "dismissed_before": incident.dismissed_times}
        case Withdrawn() as data if incident.major is None:
            times = incident.dismissed_times + 1
            return {"dismissed": recorded(event, data), "dismissed_times": times}
        case _:
            return {}
