"""Who is on call, and when? A calendar that somebody else keeps, read into shifts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from .communication import Reason
from .directory import Key, Name, Names, Value, Zone
from .times import Instant

LARGEST_CALENDAR = 1024 * 1024
"""Octets."""
RotaId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
"""As rules write it: `on_call: network`."""


class Shift(Value):
    """Somebody has it from `starts_at` up to, and without, `ends_at`. `said` is how the calendar names them, `person`
    who that is here; None where nobody of that name or address is known."""

    starts_at: Instant
    ends_at: Instant
    said: Name
    person: Key | None = None

    @model_validator(mode="after")
    def _lasts(self) -> Shift:
        if self.ends_at <= self.starts_at:
            raise ValueError("ends after it begins")
        return self


class Rota(Value):
    """An on-call calendar as it was last read. `fallback` is the group that is told while nobody is on call; `zone`
    counts where the calendar names none.

    `read_at` is when the content was last read well, `failed` why it could not be read since; `notes` say what an
    administrator should know of the content.
    """

    id: RotaId
    name: Names
    fallback: Key
    zone: Zone = "UTC"
    url: str | None = Field(default=None, max_length=1000)
    """Where it is fetched; often a secret of its own, so only its host is shown. None for one given as a file."""
    saved_by: Key
    saved_at: Instant
    read_at: Instant | None = None
    failed: Reason | None = None
    notes: tuple[Reason, ...] = ()
    due_at: Instant
    revision: int = Field(default=1, ge=1)
    """Counts what was written: a reading that began before is dropped."""


STALE_AFTER = timedelta(hours=24)


def age_of(rota: Rota, now: datetime) -> timedelta | None:
    """How old the content is that counts; None where it was never read, or is a file, which does not age."""
    return None if rota.url is None or rota.read_at is None else now - rota.read_at


def is_stale(rota: Rota, now: datetime) -> bool:
    age = age_of(rota, now)
    return age is not None and age > STALE_AFTER
