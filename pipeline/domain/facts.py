"""What is known, who may know it, and the brief: the facts that one audience may be told."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated, Protocol

from pydantic import PlainSerializer, TypeAdapter, ValidationInfo, field_validator

from .directory import Bilingual, Key, Value
from .times import Instant

InOrder = Annotated[
    frozenset[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
]
"""Written in their order: the same set is the same text, whatever process writes it."""
STATEMENT = "statement"
"""The attribute of what a person in charge said in their own words."""


class Level(IntEnum):
    """How widely a fact may be known. A higher level is a narrower circle."""

    PUBLIC = 0
    AFFECTED = 1
    INTERNAL = 2
    RESTRICTED = 3


class Status(StrEnum):
    """How sure the record is."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    REPORTED = "reported"


class ValueKind(StrEnum):
    """How a slot writes the value down; every one of them is filled by code."""

    TEXT = "text"
    QUOTE = "quote"
    NAME = "name"
    IDENTIFIER = "identifier"
    TIME = "time"
    DURATION = "duration"
    NUMBER = "number"
    STATE = "state"
    LINK = "link"


FactValue = str | int | Instant | Bilingual
"""TEXT, QUOTE, NAME, IDENTIFIER, LINK: str (NAME and TEXT also Bilingual, words per language); TIME: instant;
DURATION: seconds; NUMBER: int; STATE: a state's key such as `waiting.approval`."""


_INSTANT: TypeAdapter[Instant] = TypeAdapter(Instant)


class Fact(Value):
    """One value of the record. `scope` names the circle (`ticket:…`, `group:…`), None is no circle."""

    id: Key
    what: Key
    attribute: Key
    kind: ValueKind
    value: FactValue
    status: Status = Status.CONFIRMED
    level: Level = Level.RESTRICTED
    scope: str | None = None
    at: Instant
    event: Key

    @field_validator("value", mode="after")
    @classmethod
    def _as_its_kind_says(cls, value: FactValue, info: ValidationInfo) -> FactValue:
        """A time that was stored comes back as text, and is a time again."""
        if info.data.get("kind") is ValueKind.TIME and isinstance(value, str):
            return _INSTANT.validate_python(value)
        return value


class Circled(Protocol):
    """What may be known by some alone: a fact, or a line that somebody said."""

    @property
    def level(self) -> Level: ...

    @property
    def scope(self) -> str | None: ...


class Audience(Value):
    """Those who are told one text: what they are to the incident, and what they may know."""

    role: Key
    clearance: Level
    scopes: InOrder = frozenset()

    def may_know(self, told: Circled) -> bool:
        """Law 4: the level is within the clearance, and the circle, if any, includes them."""
        return told.level <= self.clearance and (told.scope is None or told.scope in self.scopes)


class Brief(Value):
    """The facts that the audience may be told, and which of them are new to it."""

    incident: Key
    number: Key
    audience: Audience
    facts: tuple[Fact, ...]
    news: InOrder = frozenset()

    def find(self, attribute: str) -> Fact | None:
        return next((f for f in self.facts if f.attribute == attribute), None)

    def all(self, attribute: str) -> tuple[Fact, ...]:
        return tuple(f for f in self.facts if f.attribute == attribute)


def cut(facts: tuple[Fact, ...], audience: Audience) -> tuple[Fact, ...]:
    """Only what the audience may know; this happens before any drafting."""
    return tuple(f for f in facts if audience.may_know(f))
