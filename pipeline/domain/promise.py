"""A time that was announced to somebody, and whether it was kept."""

from __future__ import annotations

from enum import StrEnum

from .directory import Key, Value
from .times import Instant


class PromiseState(StrEnum):
    """PENDING stands in a text that is held: nobody was told yet."""

    PENDING = "pending"
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class Promise(Value):
    """`what` is the slot that carried the time (`respond_by`, `expected_at`), told by `message`s of
    `communication`; `due_at` is when its state is judged next."""

    id: Key
    incident: Key
    communication: Key
    what: Key
    promised_at: Instant
    due_at: Instant
    made_at: Instant
    state: PromiseState = PromiseState.OPEN
    settled_at: Instant | None = None
