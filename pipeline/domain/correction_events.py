"""What was recorded turned out to be wrong: an event that says what, what is right, and why."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from .lattices import Impact
from .payload import ByPerson, Payload, Words
from .times import Instant

Righted = Literal[
    "cause", "started_at", "restored_at", "scope", "not_affected", "impact", "restored"
]
_CARRIED_BY: dict[str, str] = {
    "cause": "words",
    "scope": "words",
    "not_affected": "words",
    "started_at": "at",
    "restored_at": "at",
    "impact": "impact",
}


class Corrected(ByPerson):
    """A fact that was recorded is not so. Without a value, nobody knows yet what is."""

    type = "heliograph.incident.corrected.v1"
    summary = "A recorded fact turned out to be wrong."
    personal = frozenset({"words", "why", "by"})
    happened = frozenset({"at"})
    example: ClassVar[dict[str, Any]] = {
        "attribute": "started_at",
        "at": "2026-08-24T09:15:00+08:00",
        "why": {
            "zh": "日志显示第一批登录失败更早",
            "en": "the logs show that the first sign-ins failed earlier",
        },
    }

    attribute: Righted = Field(description="`restored`: it was not restored after all.")
    words: Words | None = Field(default=None, description="The right cause, scope or not_affected.")
    at: Instant | None = Field(default=None, description="The right started_at or restored_at.")
    impact: Impact | None = None
    why: Words | None = Field(default=None, description="For those who were told the wrong thing.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Corrected:
        own = _CARRIED_BY.get(self.attribute)
        for field in ("words", "at", "impact"):
            if field != own and getattr(self, field) is not None:
                raise ValueError(f"{field} is nothing that corrects {self.attribute}")
        return self


PAYLOADS: tuple[type[Payload], ...] = (Corrected,)
