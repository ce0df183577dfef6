"""What can go wrong, typed by what the caller must do.

HeliographError
├── Refused         the caller is wrong; answered 4xx, never retried
│   ├── Malformed         400  the body cannot be read, or a field is missing or wrong
│   ├── BadSignature      401  a link, token or session that we did not issue, or that has expired
│   ├── NotAllowed        403  known, but not for this
│   │   └── WrongState    409  not in a state that permits it
│   ├── Unavailable       503  not now
│   ├── UnknownIncident   404  (and UnknownThing for other resources)
│   ├── StaleVersion      409  somebody else was first; read again
│   ├── ContentDiffers    409  the same source and id, but another content
│   ├── IncidentClosed    409  only a note, or a reopening, may follow a closing
│   └── TooLarge          413
├── Unusable        a template or model gave something that we will not send
│   ├── MissingVariable
│   └── TooLong
├── ChannelError    Retryable (carries retry_after) · Rejected · Ambiguous (may have been sent)
└── Misconfigured   at start only, or when rules or templates are activated

Findings, skips and delivery outcomes are values, not errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .findings import Finding

from .communication import Reason, said


class HeliographError(Exception):
    """Root of every error that we raise on purpose; its text is one sentence for a person."""


class Refused(HeliographError):
    """The request cannot be carried out as it stands.

    `field` is a JSON path into what was sent ("data.assignee"), when one field is at fault.
    """

    status = 400
    slug = "refused"

    def __init__(self, detail: str, *, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
        self.event: int | None = None
        """Which event of a batch is at fault, from 0."""


class Malformed(Refused):
    """One or more fields are missing or wrong: `problems` lists (field, sentence)."""

    slug = "malformed"

    def __init__(
        self,
        detail: str,
        *,
        field: str | None = None,
        problems: list[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(detail, field=field)
        self.problems = problems or ([(field, detail)] if field else [])


class BadSignature(Refused):
    status, slug = 401, "bad-signature"


class NotAllowed(Refused):
    status, slug = 403, "not-allowed"


class Hindrance(StrEnum):
    """Why an act is not possible as things stand; each has its sentence in the console."""

    BLOCKED = "blocked"
    REASON_NEEDED = "reason_needed"
    MOVED_ON = "moved_on"
    TIME_PASSED = "time_passed"
    OVERTAKEN = "overtaken"
    STILL_OPEN = "still_open"
    KEPT_BY_TELLING = "kept_by_telling"
    NOTHING_WRITTEN = "nothing_written"
    NO_FAILURE = "no_failure"
    FOUND_SINCE = "found_since"
    NOT_OVER = "not_over"
    DECIDED_ALREADY = "decided_already"
    EXPIRED = "expired"
    OWN_WORDS = "own_words"
    ONLY_PAST = "only_past"
    IS_MAJOR = "is_major"


class WrongState(NotAllowed):
    """The thing is not, or no longer, in a state that permits it: for these findings, where it is a text."""

    status, slug = 409, "wrong-state"

    def __init__(
        self,
        hindrance: Hindrance,
        detail: str,
        *,
        field: str | None = None,
        findings: Sequence[Finding] = (),
    ) -> None:
        super().__init__(detail, field=field)
        self.hindrance, self.findings = hindrance, tuple(findings)


class Unavailable(Refused):
    """Not now: the database cannot be written or read, or no step wrote a text. Nothing was kept; try
    again later."""

    status, slug = 503, "unavailable"


class UnknownThing(Refused):
    status, slug = 404, "unknown"


class UnknownIncident(UnknownThing):
    slug = "unknown-incident"


class StaleVersion(Refused):
    status, slug = 409, "stale-version"


class ContentDiffers(Refused):
    status, slug = 409, "content-differs"


class IncidentClosed(Refused):
    status, slug = 409, "incident-closed"


class TooLarge(Refused):
    status, slug = 413, "too-large"


class Unusable(HeliographError):
    """A template or a model gave something that must not leave. The text is for logs, `reason` for people
    in their language."""

    def __init__(self, detail: str, *, reason: Reason | None = None) -> None:
        super().__init__(detail)
        self.reason = reason or said(detail)


class MissingVariable(Unusable):
    """A required slot has no value: nothing is sent, and the owner is told."""


class TooLong(Unusable):
    """A rendition exceeds the limit that its form declares; nothing is cut silently."""


class ChannelError(HeliographError):
    """A channel did not deliver. `detail` is kept in the ledger and must hold no secret."""


class Retryable(ChannelError):
    """Not delivered; trying later may help. `retry_after` in seconds, when the far side named it."""

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Rejected(ChannelError):
    """Not delivered, however often it is tried."""


class Ambiguous(ChannelError):
    """May have been delivered: the answer was lost after everything had been sent."""


class Misconfigured(HeliographError):
    """The start, or an activation, is refused. `where` is a file with line, or a setting's name.

    A set of files may have several `problems`, each as (where, sentence).
    """

    def __init__(
        self,
        detail: str,
        *,
        where: str | None = None,
        problems: list[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(f"{where}: {detail}" if where else detail)
        self.detail = detail
        self.where = where
        self.problems = problems or [(where or "", detail)]


def misconfigured(problems: list[tuple[str, str]]) -> Misconfigured:
    """One error for all problems, each on a line of its own."""
    lines = "\n".join(f"{where}: {sentence}" for where, sentence in problems)
    return Misconfigured(lines, problems=problems)
