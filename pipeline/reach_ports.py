"""The seam to messages that wait for a time that suits their reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .domain.communication import Kind, Reason, Rendition
from .domain.message import Message


class ReachWork(Protocol):
    """The part of a unit of work that is about when people are reached."""

    def recently_told(
        self, recipients: Sequence[str], since: datetime
    ) -> dict[str, list[datetime]]:
        """By recipient: when what they were told since then was due to leave; what still waits is not counted."""

    def due_to_wait_no_more(self, now: datetime, limit: int) -> list[Message]:
        """WAITING messages whose time has come, earliest first; locked until the end of this unit of work."""

    def waiting_for(self, recipient: str, channel: str) -> list[Message]:
        """All of one reader's that wait, oldest first."""

    def told_since(
        self, recipient: str, channel: str, incidents: Sequence[str], since: datetime
    ) -> list[tuple[str, Kind, datetime]]:
        """(incident, kind, when it was written) of what this reader was told of them since then; what waits, or
        was never to leave, is not counted."""

    def put_aside(self, waiting: Message, reason: Reason) -> None:
        """A WAITING message that is not told any more is CANCELLED, and says why. One that left meanwhile stays."""

    def save_renditions(self, renditions: Sequence[Rendition]) -> None:
        """Insert or replace."""

    def mute(self, person: str, incident_id: str, until: datetime) -> None:
        """Until then this person hears of the ticket only what must be told. A time that is over ends it."""

    def mutes(self, people: Sequence[str], now: datetime) -> dict[tuple[str, str], datetime]:
        """(person, incident) → until when, of those that last."""
