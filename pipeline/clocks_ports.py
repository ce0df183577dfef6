"""The seam for the clocks of service levels: how they wait, and what people look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .domain.service_clock import ClockState, ServiceClock

CLOCKS = "service_clocks"
"""The queue of clocks whose next stage waits."""
CLOSINGS = "closings"
"""The queue of tickets that are closed after silence."""


class ClockWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about them."""

    def service_clocks(self, incident_id: str) -> list[ServiceClock]:
        """All of a ticket, in the order of their rounds; held against other writers until the end."""

    def service_clocks_named(self, ids: Sequence[str]) -> dict[str, ServiceClock]:
        """Those of the ids that are there."""

    def due_service_clocks(self, now: datetime, limit: int) -> list[ServiceClock]:
        """Of which a stage is due, the earliest first; held against other writers until the end."""

    def save_service_clocks(self, clocks: Sequence[ServiceClock]) -> None:
        """Insert or replace."""


class ClosingWork(Protocol):
    """The same about tickets that are closed by themselves."""

    def await_closing(self, incident_id: str, due_at: datetime) -> None:
        """In place of the time that was set before."""

    def end_closing(self, incident_id: str) -> None:
        """Nothing closes it by itself any more."""

    def due_closings(self, now: datetime, limit: int) -> list[str]:
        """Tickets whose time has come, the earliest first."""


class ClockQueries(Protocol):
    """What people look at: read-only, each call one short transaction of its own."""

    def of_incident(self, incident_id: str) -> list[ServiceClock]:
        """The newest round last."""

    def going(self, state: ClockState, limit: int) -> list[ServiceClock]:
        """Those that run, or that stand still, by their deadline; one without a deadline comes last."""

    def missed_since(self, moment: datetime, limit: int) -> list[ServiceClock]:
        """Those that ended too late, the newest first."""
