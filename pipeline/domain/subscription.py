"""Who asked to be told what the public page is told, where, and of which services?"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .directory import Address, Key, Language, Value, Zone
from .times import Instant

LONGEST_CHOICE = 200
"""Services that one subscription may name."""


class SubscriptionState(StrEnum):
    """A SUSPENDED one is told nothing: its address failed again and again, or somebody stopped it."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Choice(Value):
    """What is asked for: an address, a language, and services by their ids; none of them means all."""

    address: Address
    language: Language
    zone: Zone
    services: tuple[Key, ...] = ()


class Subscription(Value):
    """An address whose owner said yes, or that an administrator entered (`by`)."""

    id: Key
    choice: Choice
    state: SubscriptionState = SubscriptionState.ACTIVE
    created_at: Instant
    changed_at: Instant
    by: Key | None = None
    why: str = ""
    """Of a suspension: a code."""

    @property
    def recipient_key(self) -> str:
        return f"subscriber:{self.id}"


OptInState = Literal["due", "sent", "failed", "confirmed"]


class OptIn(Value):
    """Somebody typed an address. Nothing is subscribed until the mail's link was followed and confirmed.
    `client` tells who asked, as a hash."""

    id: Key
    choice: Choice
    client: Key
    state: OptInState = "due"
    asked_at: Instant
    due_at: Instant
    tries: int = 0
