"""Who must agree before a text leaves, and who has? The demand of the rules, and the votes on it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from .communication import Reason
from .directory import Key, Value
from .times import Instant


class Mode(StrEnum):
    """How a text gets its permission to leave, from the lightest demand to the gravest."""

    AUTOMATIC = "automatic"
    UNLESS_VETOED = "unless_vetoed"
    ONE_PERSON = "one_person"
    TWO_PERSONS = "two_persons"
    NOBODY = "nobody"
    """It is not told to this audience at all."""

    @property
    def weight(self) -> int:
        return list(Mode).index(self)


PERSONS = {Mode.UNLESS_VETOED: 1, Mode.ONE_PERSON: 1, Mode.TWO_PERSONS: 2}
"""How many must agree for a text to leave at once; without a veto it may leave at its time."""


class Lapse(StrEnum):
    """What follows when nobody decided in time."""

    REMIND = "remind"
    ESCALATE = "escalate"
    DISCARD = "discard"


class Demand(Value):
    """What the rules ask before this text leaves. `within` in seconds; `ask` and `escalate_to` are groups
    of the directory: who is asked, and may agree. Without `ask` whoever may act on tickets may agree."""

    mode: Mode
    rule: Key
    reason: Reason | None = None
    within: int | None = Field(default=None, ge=1)
    lapse: Lapse = Lapse.REMIND
    ask: Key | None = None
    escalate_to: Key | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(group for group in (self.ask, self.escalate_to) if group)


class Ballot(StrEnum):
    AGREE = "agree"
    VETO = "veto"


Via = Literal["console", "link", "api"]


class Voter(Value):
    """Who votes. A program that holds a token is no person: all of them together count as one."""

    id: Key
    via: Via
    person: bool = True
    manages: bool = False
    """May decide on any text, whoever was asked."""


class Vote(Value):
    """One voter's word on one communication; a later word of theirs takes its place."""

    communication: Key
    voter: Voter
    ballot: Ballot
    why: str = ""
    at: Instant


class Author(Value):
    """Somebody whose words stand in a text; a value of its own, so that an erasure finds the id."""

    id: Key


class Agreement(Value):
    """A text that waits for agreement. `authors` wrote words in it; `asked` counts the requests sent;
    `due_at` is when something follows by itself, None when nothing does."""

    communication: Key
    incident: Key
    demand: Demand
    authors: tuple[Author, ...] = ()
    opened_at: Instant
    due_at: Instant | None = None
    asked: int = 0
    escalated: bool = False
    state: Literal["open", "ended"] = "open"
