"""What do the rules say of what keeps coming back: from which case, how soon, and when is it over?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pydantic import Field

from .durations import Duration, Term
from .entries import Spec


@dataclass(frozen=True, kw_only=True)
class RecurrenceRules:
    """A chain is proposed at its case `from_case`. Where a channel can replace a message, later cases are gathered
    for `card_after` before they bring it up to date. Without a case for `quiet_after` a chain is quiet, and a fix
    proven."""

    from_case: int = 3
    card_after: timedelta = timedelta(minutes=2)
    quiet_after: timedelta = timedelta(days=28)


class RecurrenceEntry(Spec):
    from_case: int = Field(strict=True, ge=2, le=20)
    card_after: Duration
    quiet_after: Term

    def compiled(self) -> RecurrenceRules:
        return RecurrenceRules(**self.model_dump())
