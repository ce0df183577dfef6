"""What is a writer given? What one audience may know, and what is wanted of it; nothing else reaches a writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from ...domain.directory import Language
from ...domain.facts import Audience, Brief, Fact
from ...domain.prose import Length, Prose, Quoted

TECHNICIAN, STAKEHOLDER = "technician", "stakeholder"
SECTIONS = {
    TECHNICIAN: ("asked", "found", "tried", "open", "waits", "promised"),
    STAKEHOLDER: ("effect", "state", "next_step", "next_time"),
}
"""The questions that a summary answers, in the order in which they are told."""
PASSAGE = ("passage",)
"""Of a message's kind: what a writer adds to the frame that its template is."""


def sections_of(kind: str) -> tuple[str, ...]:
    """Every section that a text of this kind may have, in order."""
    return SECTIONS.get(kind, PASSAGE)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """`brief` and `lines` were cut for the audience before (law 4); `candidates` are typed values found
    literally in the lines, reported and not confirmed. `kind` is a key of SECTIONS or a message's kind.

    `lines` are in the order of the conversation, without signatures and repeated history.
    """

    kind: str
    brief: Brief
    lines: tuple[Quoted, ...] = ()
    candidates: tuple[Fact, ...] = ()
    language: Language
    length: Length = Length.NORMAL
    now: datetime
    zone: ZoneInfo

    @property
    def audience(self) -> Audience:
        return self.brief.audience

    @property
    def facts(self) -> dict[str, Fact]:
        """What a slot may name, by id."""
        return {fact.id: fact for fact in (*self.brief.facts, *self.candidates)}


Both = tuple[Assignment, Assignment]
"""The same for both languages, Chinese first."""


class Writer(Protocol):
    """One step of the ladder."""

    def write(self, assignment: Assignment) -> Prose | None:
        """A text, or None when there is not enough to write one about.

        Raises Unusable, with a sentence, when this step has nothing that could be used: the next one is asked.
        """
