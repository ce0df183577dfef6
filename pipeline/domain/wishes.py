"""What does a person wish to hear of, and when? Their own word counts before the directory's."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Literal

from pydantic import Field

from .communication import TO_THE_TOLD, Communication, Kind
from .directory import Key, Person, Quiet, Value, Zone
from .times import Instant

LONGEST_MUTE = timedelta(days=90)
NEVER_MUTED = TO_THE_TOLD | {Kind.APPROVAL_REQUEST, Kind.RELEASE_REQUEST}
"""Whoever was told of a failure is told of its end, and who is asked for a decision is asked."""


class Rate(Value):
    """At most so many messages in so many minutes; what is above comes later, as one."""

    messages: int = Field(ge=1, le=100)
    minutes: int = Field(ge=1, le=1440)


class Wishes(Value):
    """`quiet`, `digest_at` and `rate` as they said; None is none, also where the directory has some."""

    person: Key
    quiet: Quiet | None = None
    digest_at: time | None = None
    rate: Rate | None = None
    zone: Zone = "UTC"
    """Of whom the directory does not know; else its zone counts."""
    changed_at: Instant

    def over(self, person: Person | None) -> Person:
        """The person with these wishes; one whom only a source's events named is known by their id alone."""
        known = person or Person(id=self.person, name=self.person, zone=self.zone)
        return known.model_copy(update={"quiet": self.quiet, "digest_at": self.digest_at})


class Muting(Value):
    """A person, or a group for all its members, hears no more of a service or an incident until then, but for what must
    be told."""

    whose: Literal["person", "group"]
    reader: Key
    of: Literal["service", "incident"]
    about: Key
    until: Instant
    by: Key
    at: Instant

    @property
    def keys(self) -> tuple[str, str]:
        return f"{self.whose}:{self.reader}", f"{self.of}:{self.about}"


def may_be_muted(c: Communication) -> bool:
    """What a rule says must be told, and whoever is on call, is not."""
    return not c.must and c.on_call is None and c.kind not in NEVER_MUTED
