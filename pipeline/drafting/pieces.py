"""What is a fact before it is one? A value of the record, and who may know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..domain.directory import Group, Person, Service
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.keys import major_scope, ticket_scope
from ..domain.payload import ERASED, PersonRef
from ..domain.recorded import Recorded


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The part of the directory that one ticket speaks of, by id."""

    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)

    def person(self, ref: PersonRef) -> FactValue | None:
        known = self.people.get(ref.id)
        if known is not None:
            return known.names or known.name
        return ref.name


@dataclass(frozen=True, kw_only=True)
class Piece:
    """`shared` belongs to the circle of the major incident, else to that of the one ticket; `open` to
    no circle. `n` and `entry` tell the entries of a list apart."""

    attribute: str
    kind: ValueKind
    value: FactValue | None
    of: Recorded[Any]
    level: Level = Level.AFFECTED
    n: int | None = None
    entry: str | None = None
    status: Status = Status.CONFIRMED
    shared: bool = False
    open: bool = False

    def fact(self, incident: Incident) -> Fact | None:
        """None where nobody recorded a value, and where it was erased."""
        if self.value is None or self.value == ERASED:
            return None
        which = self.entry or self.n
        return Fact(
            id=f"f.{self.attribute}" if which is None else f"f.{self.attribute}.{which}",
            what=incident.id,
            attribute=self.attribute,
            kind=self.kind,
            value=self.value,
            status=self.status,
            level=self.level,
            scope=self._scope(incident),
            at=self.of.at,
            event=self.of.event,
        )

    def _scope(self, incident: Incident) -> str | None:
        if self.open:
            return None
        return major_scope(incident.id) if self.shared else ticket_scope(incident.id)


def group_name(key: str, names: Lookup) -> FactValue | None:
    """None where no directory knows it: an id means nothing to those outside."""
    group = names.groups.get(key)
    return group.name if group else None
