"""The seam for monitors' alerts and for planned maintenance: what is known of each between two messages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .domain.alert import KnownAlert
from .domain.incident import Incident


@dataclass(frozen=True, kw_only=True)
class Window:
    """Planned maintenance: from `starts_at` on and before `ends_at` alerts of its services are kept back."""

    incident: str
    number: str
    starts_at: datetime
    ends_at: datetime


class AlertWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about them."""

    def alerts_in_turn(self) -> None:
        """Whoever else joins alerts to incidents waits until this unit of work ends: two that decide at once
        would open two incidents for one failure."""

    def known_alerts(self, source: str, fingerprints: Sequence[str]) -> dict[str, KnownAlert]:
        """By fingerprint."""

    def save_alerts(self, alerts: Sequence[KnownAlert]) -> None:
        """Insert or replace."""

    def due_alerts(self, now: datetime, limit: int) -> list[KnownAlert]:
        """Those that somebody has to look at again, longest due first."""

    def live_alerts(self, incident_ids: Collection[str]) -> dict[tuple[str, str], int]:
        """How many fire or flap, by incident and signal; what is not there is none."""

    def newest_incidents(
        self, services: Collection[str], circles: Collection[str], since: datetime
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The incident of the newest alert since then, by service, and by what monitors put together."""

    def open_majors_of(self, services: Collection[str]) -> dict[str, Incident]:
        """The newest open major incident of each of these services."""

    def release_held(self, incident_id: str, now: datetime) -> tuple[int, int]:
        """What this maintenance kept back is due now. (How many those are, how many of them still fire.)"""

    def forget_alerts(self, before: datetime, limit: int) -> int:
        """Rows that have been quiet since then are deleted; how many."""

    def service_names(self) -> dict[str, tuple[str, ...]]:
        """Every service's names and aliases, by its id."""

    # planned maintenance
    def save_window(
        self, window: Window, services: Collection[str], due_at: datetime | None
    ) -> None:
        """Insert or replace, with its services."""

    def drop_window(self, incident_id: str) -> None:
        """It keeps nothing back any more."""

    def windows_at(self, services: Collection[str], now: datetime) -> dict[str, Window]:
        """The maintenance that each of these services is under at that moment; of two the one that ends later."""

    def due_maintenance(self, now: datetime, limit: int) -> list[str]:
        """Incidents whose reminder or end is due."""

    def plan_maintenance(self, incident_id: str, due_at: datetime | None) -> None:
        """When it is looked at next; never again for None."""


class AlertQueries(Protocol):
    """What people look at: each call one short transaction of its own."""

    def alerts(self, which: str, limit: int = 200) -> list[KnownAlert]:
        """`firing`, `unmapped` (firing and of no service), `held`, `flapping` or `quiet`; newest change first."""

    def counts(self) -> Mapping[str, int]:
        """How many there are of each."""

    def maintenance(self, now: datetime, limit: int = 100) -> list[Incident]:
        """What is planned or under way, by its beginning."""
