"""The seam for the register of services: how its history is kept, and how those who use one are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from .domain.directory import Service
from .domain.register import Change

EntryKind = Literal["people", "groups", "sites", "customers"]


class RegisterWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about it."""

    def register(self) -> dict[str, Service]:
        """Every service by its id, deleted ones too."""

    def service_versions(self, ids: Sequence[str]) -> dict[str, int]:
        """How often each was changed; one that was never changed through the register is not there."""

    def save_services(self, changes: Sequence[Change]) -> None:
        """The services as they stand from now on, each with the step that made it so. Raises
        StaleVersion where another step has that number, and leaves the transaction unusable."""

    def service_changes(self, service_id: str, limit: int) -> list[Change]:
        """Newest first."""

    def service_change(self, service_id: str, n: int) -> Change | None: ...

    def services_needing(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Service → those that say they depend on it."""

    def people_at(self, places: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Place (see `domain.keys`) → the people of the directory who are there."""

    def ids_there(self, kind: EntryKind, ids: Sequence[str]) -> set[str]:
        """Those of the ids that the directory knows."""
