"""What is a text held against? The facts and the events of one incident, and its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class RecordedFact:
    """One value of the record: what it is of, which attribute, and how sure the record is."""

    id: str
    what: str
    attribute: str
    value: str | int | float | bool | None
    unit: str | None
    at: datetime
    status: str
    source: str | None


@dataclass(frozen=True, kw_only=True)
class RecordedEvent:
    """What happened, or was said, at one moment; `text` is in the words of who logged it."""

    id: str
    at: datetime
    type: str
    actor_role: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything that a text about one incident may claim. `now` is the moment at which it is told."""

    number: str
    service: str
    service_aliases: tuple[str, ...]
    title: str
    severity: str | None
    state: str
    phase: str | None
    opened_at: datetime
    major: bool
    facts: tuple[RecordedFact, ...]
    events: tuple[RecordedEvent, ...]
    now: datetime

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Record:
        """From its JSON form; "now" is the last event's time. Raises ValueError naming what is wrong."""
        try:
            events = tuple(_event(e) for e in raw["events"])
            opened = _instant(raw["opened_at"])
            return cls(
                number=str(raw["number"]),
                service=str(raw["service"] or ""),
                service_aliases=tuple(map(str, raw["service_aliases"] or ())),
                title=str(raw["title"] or ""),
                severity=raw["severity"],
                state=str(raw["state"] or ""),
                phase=raw["phase"],
                opened_at=opened,
                major=bool(raw["major"]),
                facts=tuple(_fact(f) for f in raw["facts"]),
                events=events,
                now=max((e.at for e in events), default=opened),
            )
        except KeyError as missing:
            raise ValueError(f"the record has no {missing}") from missing


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text}: a time needs its zone")
    return at


def _fact(raw: Mapping[str, Any]) -> RecordedFact:
    return RecordedFact(
        id=str(raw["id"]),
        what=str(raw["what"] or ""),
        attribute=str(raw["attribute"] or ""),
        value=raw["value"],
        unit=raw["unit"],
        at=_instant(raw["at"]),
        status=str(raw["status"] or ""),
        source=raw["source"],
    )


def _event(raw: Mapping[str, Any]) -> RecordedEvent:
    return RecordedEvent(
        id=str(raw["id"]),
        at=_instant(raw["at"]),
        type=str(raw["type"] or ""),
        actor_role=str(raw["actor_role"] or ""),
        text=str(raw["text"] or ""),
    )
