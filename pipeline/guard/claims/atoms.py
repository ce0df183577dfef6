"""Which typed values can a sentence hold? Moments, durations, quantities, identifiers, quotations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A clock time, a date, or both, as far as it was said. `minute` counts from midnight; `until` is
    the end of a part of the day; `days` counts from the day of telling (-1 yesterday)."""

    start: int
    end: int
    minute: int | None = None
    until: int | None = None
    day: tuple[int | None, int | None, int] | None = None
    weekday: int | None = None
    days: int | None = None
    zone: str | None = None
    half_day: bool = False
    """Said without morning or afternoon: `ten o'clock` may be 22:00."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lasting:
    """A length of time: between `low` and `high` seconds. `turn` says from where it counts."""

    start: int
    end: int
    seconds: float
    low: float
    high: float
    turn: str = ""
    """`ago`, `ahead`, `later`, `every` or nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number of something: exactly `value`, or anything from `low` to `high`."""

    start: int
    end: int
    value: float
    low: float
    high: float
    unit: str = ""
    nouns: frozenset[str] = frozenset()
    bound: str = ""
    """`over`, `under`, `nearly`, `about` or nothing: how the number was qualified."""
    spelled: bool = False
    ordinal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """An identifier given by a machine, or a name; `key` compares it."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoted:
    """Words in quotation marks."""

    start: int
    end: int
    words: str
