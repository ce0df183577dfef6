"""What may happen to a ticket's conversations, as CloudEvents: one was added, one was taken away.

The words of a conversation are rows of their own; the event says only that they are there.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from .directory import Key
from .payload import ByPerson, Line, Payload


class ConversationAdded(ByPerson):
    """Somebody brought a log of what people said to each other. It moves nothing by itself."""

    type = "heliograph.ticket.conversation_added.v1"
    summary = "A conversation was added."
    personal = frozenset({"name", "by"})
    example: ClassVar[dict[str, Any]] = {
        "conversation": "cnv_01",
        "name": "crm-outage.eml",
        "format": "mail",
        "lines": 42,
        "by": {"id": "chen.li"},
    }

    conversation: Key
    name: Line | None = None
    format: Key
    lines: int = Field(strict=True, ge=1)


class ConversationRemoved(ByPerson):
    """Its words are gone; that it was there stays on record."""

    type = "heliograph.ticket.conversation_removed.v1"
    summary = "A conversation was taken away."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"conversation": "cnv_01", "by": {"id": "chen.li"}}

    conversation: Key


PAYLOADS: tuple[type[Payload], ...] = (ConversationAdded, ConversationRemoved)
