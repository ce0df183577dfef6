"""A time that was announced to somebody, and whether it was kept."""

from __future__ import annotations

from enum import StrEnum

from .directory import Key, Value
from .times import Instant


class PromiseState(StrEnum):
    """PENDING stands in a text that is held: nobody was told yet. BROKEN has passed unkept; LATE was
    done after its time."""

    PENDING = "pending"
    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class Promise(Value):
    """`what` is the slot that carried the time (`expected_at`, `next_update`), told to `audience` by
    `communication`; `due_at` is when it is looked at next: to warn whoever is in charge, once, then to
    judge it."""

    id: Key
    incident: Key
    communication: Key
    audience: str = ""
    what: Key
    promised_at: Instant
    due_at: Instant
    made_at: Instant
    state: PromiseState = PromiseState.OPEN
    settled_at: Instant | None = None
    warned: bool = False
