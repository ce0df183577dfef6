"""The seams for releases and for versions of texts: what may be asked of their rows?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .domain.agreement import Agreement, Vote
from .domain.findings import Verdict
from .domain.message import Message
from .domain.promise import Promise
from .domain.text_version import Activation, TextVersion


class ReleaseWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about agreements."""

    def add_agreements(self, agreements: Sequence[Agreement]) -> None: ...

    def agreement_to_change(self, communication_id: str) -> Agreement | None:
        """One that is open, kept for this unit of work until it ends: of two who vote at once the second
        sees the first one's vote."""

    def agreement(self, communication_id: str) -> Agreement | None:
        """Whatever its state; to look at."""

    def messages_held(self, communication_id: str, limit: int = 200) -> list[Message]:
        """Of the text that waits, oldest first."""

    def verdicts(self, communication_id: str) -> list[Verdict]:
        """What was found in each of its drafts."""

    def save_agreement(self, agreement: Agreement) -> None: ...

    def end_agreement(self, communication_id: str) -> None:
        """Its text left, or never will."""

    def due_agreements(self, now: datetime, limit: int) -> list[str]:
        """Communications whose agreement is open and due."""

    def pending_promises(self, incident_id: str) -> list[Promise]:
        """The times in texts that are held."""

    def save_vote(self, vote: Vote) -> None:
        """In place of an earlier one of the same voter."""

    def votes(self, communication_id: str) -> list[Vote]: ...


class TextWork(Protocol):
    """What a unit of work does about the versions of texts."""

    def add_text_version(self, version: TextVersion) -> bool:
        """False, and nothing is kept, when that number is taken: somebody else saved meanwhile."""

    def add_activation(self, activation: Activation) -> None: ...

    def text_version(self, name: str, version: int) -> TextVersion | None: ...

    def text_versions(self, name: str) -> list[TextVersion]:
        """Newest first."""

    def text_activations(self, name: str) -> list[Activation]:
        """Newest first."""

    def texts_in_force(self) -> list[tuple[TextVersion, TextVersion | None]]:
        """For each text that a version of the database stands for: that one, and the one in force before
        it, if that was one of the database too."""


class TextsWork(ReleaseWork, TextWork, Protocol):
    """Both."""


class TextQueries(Protocol):
    """What people look at of both, each call a short transaction of its own."""

    def agreements(self, communication_ids: Sequence[str]) -> dict[str, Agreement]: ...

    def votes(self, communication_ids: Sequence[str]) -> dict[str, list[Vote]]:
        """In the order in which they came."""

    def text_versions(self, name: str) -> list[TextVersion]: ...

    def activations(self, name: str) -> list[Activation]: ...

    def versions_in_force(self) -> dict[str, Activation]:
        """The last activation of each text that ever had one."""
