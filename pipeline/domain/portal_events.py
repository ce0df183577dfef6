"""What may happen between a ticket and a major incident, as CloudEvents: it belongs to it, or does not."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from .directory import Key
from .payload import ByPerson

Basis = Literal["service", "title", "person"]


class Attached(ByPerson):
    """The ticket is one of those that a major incident caused; its requester hears of that."""

    type = "heliograph.ticket.attached.v1"
    summary = "The ticket belongs to an open major incident."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {
        "incident": "inc_01",
        "number": "INC-9602",
        "basis": "service",
    }

    incident: Key = Field(description="The id of the major incident's own ticket.")
    number: Key
    basis: Basis = Field(
        description="Its service is the same, a name of the service stands in its title, or a person said so."
    )


class Detached(ByPerson):
    """It was another trouble after all: the ticket goes its own way again."""

    type = "heliograph.ticket.detached.v1"
    summary = "The ticket does not belong to a major incident after all."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"by": {"id": "chen.li"}}

    because: Literal["false_alarm"] | None = Field(
        default=None,
        description="The major incident was a false alarm; without it the ticket was another trouble.",
    )


PAYLOADS: tuple[type[ByPerson], ...] = (Attached, Detached)
