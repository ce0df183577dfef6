"""An alert began: does it join an incident, open one, or is it kept back by planned maintenance?

One failure raises many alerts. They belong together when the same thing fires again, when they are of one
service within a while, or, where nobody knows the service, when their monitor put them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.incident import Incident
from ..domain.lattices import TicketState
from .alerting import Step


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Planned maintenance keeps it back: its incident and number."""

    incident: str
    number: str


@dataclass(frozen=True)
class Opens:
    """A new incident, the same for all that share this key."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Places:
    """What there is to join: by id, `majors` and `recent` by service, `circles` by what a monitor put together;
    `kept` by service."""

    incidents: Mapping[str, Incident]
    majors: Mapping[str, Incident]
    recent: Mapping[str, str]
    circles: Mapping[str, str]
    kept: Mapping[str, Kept]

    def of(self, step: Step) -> Incident | Kept | Opens:
        """In this order: an open major incident of its service, maintenance of it, the incident that it had
        before, one of its service, one of its circle; else a new one."""
        row = step.after
        service = row.service
        if service is not None and service in self.majors:
            return self.majors[service]
        if service is not None and service in self.kept:
            return self.kept[service]
        fitting = (self.recent.get(service),) if service else (self.circles.get(row.circle),)
        for name in (row.incident, *fitting):
            found = self.incidents.get(name) if name else None
            if found is not None and may_join(found):
                return found
        return Opens(f"service:{service}" if service else f"circle:{row.circle}")


def may_join(incident: Incident) -> bool:
    """It is not over. A major incident that was restored takes them on: they may be its relapse."""
    return not incident.state.value.is_over and incident.maintenance is None


def hears_of_alerts(incident: Incident) -> bool:
    """An event can still be recorded on it: of a closed ticket the row alone knows."""
    return incident.state.value is not TicketState.CLOSED or incident.major is not None
