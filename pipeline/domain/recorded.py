"""A value of the record, with the moment it was true from and the event that says so."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from .directory import Key, Value
from .events import Event
from .times import Instant

T = TypeVar("T")


class Recorded(Value, Generic[T]):
    """`at` is when the source says that it happened, not when we heard of it."""

    value: T
    at: Instant
    event: Key


def recorded(event: Event, value: T) -> Recorded[T]:
    return Recorded(value=value, at=event.occurred_at, event=event.id)


def newer(old: Recorded[T] | None, event: Event, value: T | None) -> Recorded[T] | None:
    """The later word on one attribute; `None` says nothing."""
    return old if value is None or precedes(event, old) else recorded(event, value)


def precedes(event: Event, known: Recorded[Any] | None) -> bool:
    """True when the event tells of a moment before the one that is known already."""
    return known is not None and event.occurred_at < known.at
