"""What is a possible cause, and what speaks for and against it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..domain.payload import Words

EvidenceValue = str | int | datetime | tuple[str, ...]


class Kind(StrEnum):
    CHANGE = "change"
    EARLIER = "earlier"
    UPSTREAM = "upstream"
    SAID = "said"


class Code(StrEnum):
    """Each has its sentence in both languages, which takes the evidence's values."""

    SHORTLY_BEFORE = "shortly_before"
    WHILE_UNDER_WAY = "while_under_way"
    OWN_SERVICE = "own_service"
    DEPENDED_SERVICE = "depended_service"
    RECOVERED_AFTER_ROLLBACK = "recovered_after_rollback"
    OTHERS_FAILED = "others_failed"
    NAMED_IN_LOG = "named_in_log"
    WORDS_SHARED = "words_shared"
    HOURS_BEFORE = "hours_before"
    ROLLED_BACK_BEFORE = "rolled_back_before"
    WENT_ON_AFTER_ROLLBACK = "went_on_after_rollback"
    OTHERS_FINE = "others_fine"
    DENIED_IN_LOG = "denied_in_log"
    PLANNED_ONLY = "planned_only"
    LIKE_EARLIER = "like_earlier"
    HAPPENED_AGAIN = "happened_again"
    CONFIRMED_THEN = "confirmed_then"
    SAME_SERVICE = "same_service"
    LONG_AGO = "long_ago"
    HARDLY_ALIKE = "hardly_alike"
    OTHER_CAUSES_TOO = "other_causes_too"
    FAILED_BEFORE = "failed_before"
    MAJOR_THERE = "major_there"
    RECOVERED_TOGETHER = "recovered_together"
    WAS_OVER_BEFORE = "was_over_before"
    WENT_ON_AFTER = "went_on_after"
    SAID_AS_FOUND = "said_as_found"
    SAID_BY_SEVERAL = "said_by_several"
    SAID_WITH_DOUBT = "said_with_doubt"
    DENIED_LATER = "denied_later"
    SAID_ALONE = "said_alone"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that is on record. `weight` from 0 to 1 says how far it is so; 0 is not told. `of_return` where
    it is measured from when the failure came back (`OF_RETURN` alone can be)."""

    code: Code
    weight: float = 1.0
    values: Mapping[str, EvidenceValue]
    of_return: bool = False

    @property
    def told_as(self) -> str:
        """The name of its sentence."""
        return f"{self.code.value}:return" if self.of_return else self.code.value


OF_RETURN = frozenset(
    {
        *(Code.SHORTLY_BEFORE, Code.WHILE_UNDER_WAY, Code.HOURS_BEFORE),
        *(Code.ROLLED_BACK_BEFORE, Code.FAILED_BEFORE, Code.WAS_OVER_BEFORE),
    }
)
"""Each has a second sentence, for a failure that came back."""
AGAINST = frozenset(
    {
        *(Code.HOURS_BEFORE, Code.ROLLED_BACK_BEFORE, Code.WENT_ON_AFTER_ROLLBACK),
        *(Code.OTHERS_FINE, Code.DENIED_IN_LOG, Code.PLANNED_ONLY, Code.LONG_AGO),
        *(Code.HARDLY_ALIKE, Code.OTHER_CAUSES_TOO, Code.WAS_OVER_BEFORE, Code.WENT_ON_AFTER),
        *(Code.SAID_WITH_DOUBT, Code.DENIED_LATER, Code.SAID_ALONE),
    }
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """`key` names it for ever, so that a decision on it is found again. `name` is a number or a speaker,
    `what` are the words on record: a change's, an earlier cause's, or a quoted line's."""

    key: str
    kind: Kind
    name: str
    what: Words
    at: datetime | None
    incident: str | None = None
    evidence: tuple[Evidence, ...]

    @property
    def speaks_for(self) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if one.code not in AGAINST)

    @property
    def speaks_against(self) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if one.code in AGAINST)


def key_of(kind: Kind, *parts: str) -> str:
    return ":".join((kind.value, *parts))[:200]


def weighed(code: Code, weight: float, **values: EvidenceValue) -> Evidence:
    return Evidence(code=code, weight=round(weight, 3), values=values)


def told(*found: Evidence | None) -> tuple[Evidence, ...]:
    return tuple(one for one in found if one is not None and one.weight > 0)


def apart(later: datetime, earlier: datetime) -> int:
    """Whole seconds between two moments, never negative."""
    return max(0, int((later - earlier).total_seconds()))
