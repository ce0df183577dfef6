"""What is looked at when a cause is sought? The failure, and what happened around it, as it was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..domain.change import Change
from ..domain.payload import Words

WINDOW = timedelta(days=3)
"""How long before the first symptom a change is looked for, back from it."""
AFTERWARDS = timedelta(hours=24)
"""How long after a change another service that it touched has to stay well to count as well."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """`began_at` is the first symptom on record, `came_back_at` its newest relapse, `over_at` is None while it
    lasts. `path` has the services on which it may rest, each with its steps from those that failed (0).
    `words` are those of its title and description (`wording.words`)."""

    incident: str
    began_at: datetime
    came_back_at: datetime | None = None
    over_at: datetime | None
    now: datetime
    path: Mapping[str, int]
    words: frozenset[str] = frozenset()

    @property
    def newest(self) -> datetime:
        """When it began, or came back last."""
        return self.came_back_at or self.began_at

    def after(self, at: datetime) -> datetime:
        """What something that began at `at` may have caused: all of it, or only that it came back."""
        return self.began_at if at <= self.began_at else self.newest

    def is_return(self, at: datetime) -> bool:
        return at > self.began_at and self.came_back_at is not None


@dataclass(frozen=True, kw_only=True)
class ChangeSeen:
    """A change on the path, and what became of the services that it touched beside the path."""

    change: Change
    others_fine: tuple[str, ...] = ()
    others_failed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A ticket like this one (`probability` that both are one failure) whose cause is on record; `confirmed` by
    a person among candidates, or else noted when it was solved."""

    incident: str
    number: str
    at: datetime
    probability: float
    cause: Words
    confirmed: bool = False
    same_service: bool = False


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """A ticket about a service on which the failed one depends."""

    incident: str
    number: str
    service: str
    began_at: datetime
    over_at: datetime | None
    major: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that somebody wrote about this failure: quoted as it stands, and never reworded. `claims` a
    cause, with `doubts` or as found out (`settled`), or `denies` one."""

    id: str
    speaker: str
    at: datetime | None
    text: str
    claims: bool = False
    doubts: bool = False
    settled: bool = False
    denies: bool = False


@dataclass(frozen=True, kw_only=True)
class Seen:
    failure: Failure
    changes: tuple[ChangeSeen, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    upstream: tuple[Upstream, ...] = ()
    lines: tuple[Line, ...] = ()
    blind: tuple[str, ...] = field(default=())
    """What could not be looked at, by code: `no_service`, `not_compared`, `no_log`."""
