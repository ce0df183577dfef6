"""The seam for corrections: what each text stated, which incidents are to be looked at, and what is proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from .domain.correction import Correction, Statement
from .domain.message import Message


class CorrectionWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about them."""

    def save_statements(self, statements: Sequence[Statement]) -> None: ...

    def statements(self, incident_id: str) -> list[Statement]:
        """Oldest first."""

    def messages_of_texts(
        self, incidents: Collection[str], renditions: Collection[str]
    ) -> list[Message]:
        """All messages of these incidents that carry one of these texts, in whatever state."""

    def await_correction_check(self, incident_id: str, at: datetime) -> None:
        """Somebody looks at it at that time, or earlier where that was asked before."""

    def due_correction_checks(self, now: datetime, limit: int) -> list[tuple[str, datetime]]:
        """(incident, due at), earliest first."""

    def end_correction_check(self, incident_id: str, due_at: datetime) -> bool:
        """False when it is due at another time by now: somebody else looked, or asked anew."""

    def save_corrections(self, corrections: Sequence[Correction]) -> None: ...

    def corrections(self, communication_ids: Sequence[str]) -> dict[str, Correction]:
        """By communication."""

    def corrections_of(self, incident_id: str) -> list[Correction]:
        """Oldest first, withdrawn ones too."""

    def carry_correction(self, old: str, new: str) -> None:
        """Another communication tells of the same from now on."""
