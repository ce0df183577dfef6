"""The seam to the rows of conversations and summaries: how are they kept?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .domain.conversation import KeptConversation
from .domain.summary import Summary


class SummaryWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about conversations and summaries."""

    def add_conversation(self, kept: KeptConversation, files: bytes, lines: bytes) -> bool:
        """False, and nothing is changed, when the ticket has one with this digest."""

    def conversations(self, incident_id: str) -> list[KeptConversation]:
        """In the order in which they were added."""

    def conversation(self, conversation_id: str) -> KeptConversation | None: ...

    def conversation_lines(self, conversation_id: str) -> bytes | None: ...

    def conversation_files(self, conversation_id: str) -> bytes | None: ...

    def delete_conversation(self, conversation_id: str) -> bool:
        """With its words. False when it was not there."""

    def add_summary(self, summary: Summary) -> None: ...

    def summary(self, summary_id: str) -> Summary | None: ...

    def summaries(
        self, incident_id: str, limit: int = 50, *, older_than: Summary | None = None
    ) -> Sequence[Summary]:
        """Newest first; the next page is what is older than the last one of this."""

    def move_summary(self, was: Summary, now: Summary) -> bool:
        """False, and nothing is changed, when the row is, but for `held`, no longer as `was` says."""
