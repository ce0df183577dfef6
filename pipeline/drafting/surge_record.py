"""What does the record hold of so many tickets at once? For those who decide whether they are one failure."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.facts import Level, ValueKind
from ..domain.incident import Incident
from .pieces import Lookup, Piece
from .slot_names import SURGED

K = ValueKind


def surge_pieces(incident: Incident, names: Lookup) -> Iterator[Piece]:
    """As long as it is asked. Who reported them, and in which words, is not among it."""
    surge = incident.surge
    if surge is None or not incident.is_surging:
        return
    told, internal = surge.value, Level.INTERNAL
    service = names.services.get(told.service)
    for name, kind, value in (
        ("surge_count", K.NUMBER, told.people),
        ("surge_within", K.DURATION, told.within_minutes * 60),
    ):
        yield Piece(attribute=name, kind=kind, value=value, of=surge, level=internal)
    yield Piece(
        attribute="surge_service",
        kind=K.NAME if service else K.IDENTIFIER,
        value=service.name if service else told.service,
        of=surge,
        level=internal,
    )
    yield Piece(attribute="surge_since", kind=K.TIME, value=told.since, of=surge, level=internal)
    if not incident.signals:
        grave = f"severity.{told.severity}"
        yield Piece(attribute="severity", kind=K.STATE, value=grave, of=surge, level=internal)
    for n, number in enumerate(told.tickets, 1):
        yield Piece(
            attribute=SURGED, kind=K.IDENTIFIER, value=number, of=surge, level=internal, n=n
        )
