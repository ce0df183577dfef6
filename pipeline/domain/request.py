"""Something we ask the desk that owns the ticket to do; its next event confirms it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .directory import Key, Value
from .times import Instant


class RequestState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"


class Request(Value):
    """`confirmed_by` is the event of the desk that showed the change was made there."""

    id: Key
    incident: Key
    kind: Literal["reopen", "close", "approve", "refuse", "problem"]
    text: str = ""
    asked_by: Key
    asked_at: Instant
    state: RequestState = RequestState.ASKED
    confirmed_by: Key | None = None
    approval: Key | None = None
    """Of the ticket's, the one that was decided here."""
