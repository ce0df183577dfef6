"""The seam to the rows of post-incident reports: how are they kept?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .domain.directory import Language
from .domain.promise import Promise
from .domain.report import Action, Edition, Report, Section, SectionText, Told


class ReportWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about reports."""

    def add_report(self, report: Report) -> bool:
        """False, and nothing is changed, when the incident has one."""

    def report(self, incident_id: str) -> Report | None: ...

    def reports(self, limit: int = 100) -> list[Report]:
        """Newest first."""

    def move_report(self, was: Report, now: Report) -> bool:
        """False, and nothing is changed, when somebody was quicker."""

    def add_section_text(self, text: SectionText) -> bool:
        """False, and nothing is changed, when this revision is there: somebody was quicker."""

    def section_texts(self, incident_id: str) -> list[SectionText]:
        """The newest revision of each edition's section, in each language."""

    def section_history(
        self, incident_id: str, edition: Edition, section: Section, language: Language
    ) -> list[SectionText]:
        """Newest first."""

    def add_action(self, action: Action, due_at: datetime) -> None:
        """`due_at` is when it is looked at next."""

    def actions(self, incident_id: str) -> list[Action]:
        """The one that is due first comes first."""

    def actions_by_id(self, ids: Sequence[str]) -> dict[str, Action]: ...

    def open_actions(self, limit: int = 200) -> list[Action]:
        """Of all incidents, the one that is due first comes first."""

    def move_action(self, was: Action, now: Action, due_at: datetime) -> bool:
        """False, and nothing is changed, when somebody was quicker."""

    def due_actions(self, now: datetime, limit: int) -> Sequence[Action]:
        """Open ones that want to be looked at."""

    def told(self, incident_id: str) -> list[Told]:
        """Every communication of the incident that reached somebody, the earliest first; counted, not read."""

    def promises_of(self, incident_id: str) -> list[Promise]:
        """All of them, whatever became of them."""
