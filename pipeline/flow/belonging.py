"""To which audiences of a ticket does a person belong, as the directory stands?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.directory import Group, Person, Service
from ..domain.incident import Incident
from ..policy.audiences import ROLES, members_of


@dataclass(frozen=True, kw_only=True)
class House:
    """Groups and services, read once."""

    groups: Mapping[str, Group]
    services: Mapping[str, Service]

    def audiences(self, person: Person, incident: Incident) -> tuple[str, ...]:
        """Those to which the person belongs, as the directory stands."""
        service = self.services.get(incident.service.value) if incident.service else None
        wanted = {role: members_of(role, incident, service) for role in ROLES}
        return tuple(
            role
            for role, one in wanted.items()
            if person.id in one.people or any(self._has(name, person) for name in one.groups)
        )

    def rooms(self, person: Person) -> list[str]:
        """The groups of the person that are told as a room."""
        return [g.id for g in self.groups.values() if person.id in g.members and g.addresses]

    def _has(self, name: str, person: Person) -> bool:
        group = self.groups.get(name)
        return group is not None and person.id in group.members
