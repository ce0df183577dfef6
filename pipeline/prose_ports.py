"""The seam for the parts of messages that chat models are asked for: how they wait, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from .domain.passage import Passage


class ProseWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about them."""

    def await_prose(self, communication_id: str, at: datetime) -> None:
        """A model is to be asked from then on; once for each communication."""

    def claim_prose(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, int]]:
        """(communication, which try it is) of those that are due and that nobody works on, leased."""

    def settle_prose(self, communication_id: str, tries: int, passage: Passage) -> bool:
        """The try that was claimed is done, and what came of it is kept. False, and nothing is changed, when
        another try was claimed since or one is settled."""

    def passages(self, communication_ids: Sequence[str]) -> dict[str, Passage]:
        """What came of it, for each of which that is known."""
