"""What became of each decision that concerned a person, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..domain.communication import Reason
from ..domain.directory import Person
from ..domain.message import Message

Outcome = Literal[
    "told", "in_room", "waits", "held", "silent", "merged", "failed", "missed", "no_rule"
]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One decision. `why` says what became of it, `because` why its rule is there; `rules` is the version."""

    at: datetime
    number: str
    incident: str
    outcome: Outcome
    kind: str
    audience: str
    why: Reason
    because: Reason | None = None
    on_call: Reason | None = None
    """Who had it by the calendar that the rule names, and why these."""
    without: Reason | None = None
    """What it had to leave without, and why."""
    rule: str | None = None
    rules: str | None = None
    communication: str | None = None
    message: Message | None = None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Oldest first. `audiences` are those to which the person belonged at some time; `cut` says that there are
    more tickets than were looked at."""

    person: Person
    decisions: tuple[Explained, ...]
    audiences: tuple[str, ...] = ()
    cut: bool = False
