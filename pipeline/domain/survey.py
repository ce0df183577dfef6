"""How did it go? One question to one person about one round of a ticket, and the answer."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .communication import Reason
from .directory import Key, Text, Value
from .times import Instant


class SurveyKind(StrEnum):
    """What is asked: how a ticket was repaired, of its requester; or how well people were kept informed of a
    major incident, of those who were told of it."""

    REPAIR = "repair"
    INFORMED = "informed"


class Survey(Value):
    """`round` is how often the ticket had been reopened when it was resolved, or how often the failure had come
    back when it was over. `person` is somebody of the directory, or the key of a subscriber (`Recipient.key`),
    whose name nobody knows. `group` and `service` are those of that moment, by which answers are counted;
    `revision` counts the answers, of which the last stands until `expires_at`."""

    id: Key
    kind: SurveyKind = SurveyKind.REPAIR
    incident: Key
    round: int = Field(ge=0)
    person: Key
    asked_at: Instant
    expires_at: Instant
    group: Key | None = None
    service: Key | None = None
    score: int | None = Field(default=None, ge=1, le=5)
    comment: Text | None = None
    answered_at: Instant | None = None
    revision: int = Field(default=0, ge=0)


class Offer(Value):
    """A survey, and whose turn it takes: her own, and that of her mail address, under which she may be known
    twice."""

    survey: Survey
    turns: tuple[Key, ...] = Field(min_length=1)


class Unasked(Value):
    """Somebody was not asked, and why."""

    kind: SurveyKind
    incident: Key
    round: int = Field(ge=0)
    person: Key
    decided_at: Instant
    reason: Reason


class Tally(Value):
    """How many answers of each score, 1 to 5, there are to one kind of question about one ticket."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def answers(self) -> int:
        return sum(self.counts)

    def low(self, most: int) -> int:
        """Answers of `most` or less."""
        return sum(self.counts[:most])
