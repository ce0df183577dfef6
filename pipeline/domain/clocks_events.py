"""What may happen to a ticket's deadlines, as CloudEvents: its priority changed, or its desk set them."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import model_validator

from .payload import ByPerson, Payload
from .times import Instant


class PriorityChanged(ByPerson):
    """It is more urgent, or less, than it was thought to be: its service level is another one."""

    type = "heliograph.ticket.priority_changed.v1"
    summary = "The ticket's priority changed."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"priority": "P2", "by": {"id": "chen.li"}}

    priority: Literal["P1", "P2", "P3", "P4"]


class DueSet(ByPerson):
    """The service desk's own clock says until when; what a field leaves out stays as it was."""

    type = "heliograph.ticket.due_set.v1"
    summary = "The ticket's deadlines were set, or moved."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {
        "respond_by": "2026-08-24T11:10:00+08:00",
        "resolve_by": "2026-08-25T17:12:00+08:00",
    }

    respond_by: Instant | None = None
    resolve_by: Instant | None = None

    @model_validator(mode="after")
    def _says_something(self) -> DueSet:
        if self.respond_by is None and self.resolve_by is None:
            raise ValueError("needs respond_by, resolve_by or both")
        return self


PAYLOADS: tuple[type[Payload], ...] = (PriorityChanged, DueSet)
