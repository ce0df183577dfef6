"""How did it go? One question to a requester about one round of a ticket, and the answer."""

from __future__ import annotations

from pydantic import Field

from .directory import Key, Text, Value
from .times import Instant


class Survey(Value):
    """`round` is how often the ticket had been reopened when it was resolved. `group` and `service` are
    those of that moment, by which answers are counted; `revision` counts the answers, of which the last
    stands until `expires_at`."""

    id: Key
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
