"""One rendition for one recipient on one channel, and every attempt to hand it over."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .communication import Form, Lane, Reason
from .directory import Key, Language, Value, Zone
from .times import Instant


class Recipient(Value):
    """A person at an address, a room, a subscriber, or a public page. `key` names it for ever."""

    kind: Literal["person", "room", "subscriber", "page"]
    id: Key
    name: str
    channel: Key
    address: str
    language: Language
    zone: Zone
    mixed: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


class Part(Value):
    """A rendition, and the values of its marks for one recipient."""

    rendition: Key
    values: dict[str, str] = {}


class MessageState(StrEnum):
    """HELD waits for the release of its communication, WAITING for a time that suits its reader; what is BUNDLED
    left as a part of another message."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    MAYBE_SENT = "maybe_sent"
    PARKED = "parked"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    BUNDLED = "bundled"


RECEIVED = frozenset({MessageState.DELIVERED, MessageState.MAYBE_SENT})
"""Whoever it was for has it, as far as anybody knows."""


class Message(Value):
    """A row of the ledger. `id` is the idempotency key (see `keys.message_key`); `bundle` is the
    communication it carries, or the digest of several, which `contents` lists."""

    id: Key
    bundle: Key
    contents: tuple[Key, ...]
    incident: Key
    recipient: Recipient
    form: Form
    rendition: Key
    values: dict[str, str] = {}
    english: Part | None = None
    """For a room that reads both languages: what follows the Chinese."""
    card: Key | None = None
    """What a later message of the same card replaces, where a channel can."""
    lane: Lane = Lane.ROUTINE
    state: MessageState = MessageState.QUEUED
    due_at: Instant
    created_at: Instant
    tries: int = 0
    waits: Reason | None = None
    """Why it waits, or waited, for its time: its reader's quiet hours, digest, limit or mute."""


class Outcome(StrEnum):
    """How an attempt ended. STARTED that outlives its process is what "maybe sent" means."""

    STARTED = "started"
    DELIVERED = "delivered"
    RETRYABLE = "retryable"
    REJECTED = "rejected"
    AMBIGUOUS = "ambiguous"


class Attempt(Value):
    message: Key
    n: int
    started_at: Instant
    finished_at: Instant | None = None
    outcome: Outcome = Outcome.STARTED
    detail: str = ""
    provider_id: str | None = None


class Finished(Value):
    """How an attempt ended, and the state its message goes to. `due_at` is the next try, if any."""

    attempt: Attempt
    state: MessageState
    due_at: Instant | None = None


class Receipt(Value):
    """The far side took it; `provider_id` is its own name for the message, if it gave one."""

    provider_id: str | None = None
    detail: str = ""


class Outbound(Value):
    """What a channel gets: one recipient's finished text. `key` is the same on every attempt, `card` on
    every message that is to stand in the place of the one before."""

    key: Key
    thread: Key
    number: Key
    address: str
    name: str
    language: Language
    form: Form = Form.MAIL
    subject: str
    text: str
    html: str | None = None
    card: Key | None = None
    at: Instant
    unsubscribe: str | None = None
    """Where one click ends it (RFC 8058); only for what was subscribed to."""
