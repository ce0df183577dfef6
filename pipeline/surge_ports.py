"""The seam for tickets that come in at once: by which of them was a service seen to fail lately, and which were asked about?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .domain.sighting import Sighting

SURGES = "surges"
"""The queue of sightings that nobody has looked at yet."""


class SurgeWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about it."""

    def surges_in_turn(self) -> None:
        """Whoever else counts tickets waits until this unit of work ends: two that count at once would ask twice,
        or each see too few."""

    def note_sighting(self, sighting: Sighting, due_at: datetime) -> None:
        """It is to be looked at; one that is known stays as it is, and is looked at again."""

    def due_sightings(self, now: datetime, limit: int) -> list[Sighting]:
        """Those to be looked at, longest due first."""

    def place_sightings(self, looked_at: Sequence[Sighting], placed: Sequence[Sighting]) -> None:
        """Nothing is due of `looked_at`, and what of it has no service is gone; what of `placed` is new is kept."""

    def reports_seen(self, service: str, since: datetime, limit: int) -> list[Sighting]:
        """Tickets of people, newest first."""

    def alerts_seen(self, service: str, limit: int) -> list[Sighting]:
        """What monitors opened, newest first."""

    def mark_asked(self, sightings: Sequence[Sighting], surge: str) -> None:
        """It was asked about these, on the ticket `surge`."""

    def asked_about(self, surge: str) -> list[Sighting]:
        """All of which it was asked on this ticket, oldest first."""

    def forget_sightings(self, before: datetime, limit: int) -> None:
        """Those from before then, the oldest first."""
