"""A change to a service, as an event of its own: it was made, or taken back. It belongs to no ticket.

Its number is the event's subject. Nobody is named: what is asked of a change is whether it broke something, and
not who made it.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from .directory import Key
from .payload import Payload, Words
from .times import Instant

Changed = Annotated[tuple[Key, ...], Field(min_length=1, max_length=50)]


class Deployed(Payload):
    """A change is in force, or was rolled back, since the event's time. What is left out stays as it was said;
    the first event of a change names its services and says what it is."""

    type = "heliograph.change.deployed.v1"
    summary = "A change was made, or rolled back."
    personal = frozenset({"what"})
    happened = frozenset({"started_at"})
    example: ClassVar[dict[str, Any]] = {
        "services": ["crm"],
        "what": "CRM sign-in moves to the new session store",
        "state": "done",
        "started_at": "2026-08-24T09:40:00+08:00",
    }

    services: Changed | None = None
    what: Words | None = Field(default=None, description="What was changed.")
    state: Literal["done", "rolled_back"] = "done"
    started_at: Instant | None = Field(default=None, description="When the work on it began.")


PAYLOADS: tuple[type[Payload], ...] = (Deployed,)
