"""What people decide about the causes that are proposed for an incident, as events: one is confirmed, ruled out, or
looked at again. Until one of these says so, no cause is more than possible."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from .directory import Key, Text
from .payload import ByPerson, Payload, Words

_OF = "What was proposed, by its key; one that a person brings has a key of its own."


class CauseConfirmed(ByPerson):
    """Somebody says that this was the cause, in words that may be told as a fact from now on."""

    type = "heliograph.incident.cause_confirmed.v1"
    summary = "A possible cause was confirmed."
    personal = frozenset({"cause", "by"})
    example: ClassVar[dict[str, Any]] = {
        "candidate": "change:ci:CHG-2214",
        "cause": {
            "zh": "新的会话存储把连接数用尽",
            "en": "the new session store used up all connections",
        },
        "by": {"id": "chen.li"},
    }

    candidate: Key = Field(description=_OF)
    cause: Words


class CauseRuledOut(ByPerson):
    """Somebody says that this was not it, and why."""

    type = "heliograph.incident.cause_ruled_out.v1"
    summary = "A possible cause was ruled out."
    personal = frozenset({"reason", "by"})
    example: ClassVar[dict[str, Any]] = {
        "candidate": "change:ci:CHG-2215",
        "reason": "it touched the reports alone",
        "by": {"id": "chen.li"},
    }

    candidate: Key = Field(description=_OF)
    reason: Text


class CauseReconsidered(ByPerson):
    """What was decided about a possible cause counts no more: it is open again."""

    type = "heliograph.incident.cause_reconsidered.v1"
    summary = "A decision on a possible cause was taken back."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {
        "candidate": "change:ci:CHG-2215",
        "by": {"id": "chen.li"},
    }

    candidate: Key = Field(description=_OF)


PAYLOADS: tuple[type[Payload], ...] = (CauseConfirmed, CauseRuledOut, CauseReconsidered)
