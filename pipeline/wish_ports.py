"""The seam to what people wish to hear of, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .domain.wishes import Muting, Wishes


class WishWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about it."""

    def wishes(self, people: Sequence[str]) -> dict[str, Wishes]:
        """Of those who said any."""

    def save_wishes(self, wishes: Wishes) -> None:
        """In place of what they said before."""

    def save_muting(self, muting: Muting) -> None:
        """In place of one by the same reader about the same thing."""

    def end_muting(self, reader: str, about: str) -> bool:
        """By the two keys of a muting. False where there was none."""

    def mutings(self, people: Sequence[str] | None, now: datetime) -> list[Muting]:
        """Those that last: of these people and of all groups (an organisation mutes a handful), or of everybody."""
