"""The seam to the rows of changes, and to what else is looked at for a cause: which services failed when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .domain.change import Change


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A ticket about a service, by its row alone."""

    incident: str
    service: str
    at: datetime


class CauseWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about changes and causes."""

    def change(self, source: str, number: str) -> Change | None: ...

    def save_change(self, change: Change) -> None:
        """Insert or replace, with its services. Raises StaleVersion when another of its number was first."""

    def drop_change(self, change: Change) -> None:
        """It will not be made."""

    def changes_of(
        self, services: Collection[str], since: datetime, until: datetime, limit: int
    ) -> list[Change]:
        """Those of any of these services whose work began in this time, both ends counted, the latest first."""

    def changes(self, limit: int, *, service: str | None = None) -> list[Change]:
        """The latest first, of one service or of all."""

    def opened_on(
        self, services: Collection[str], since: datetime, until: datetime, limit: int
    ) -> list[Opened]:
        """Tickets about these services that were opened in this time, the earliest first."""
