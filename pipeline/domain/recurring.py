"""What is known of a ticket's likes: how it was judged, and the chain of which it is a case?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from .directory import Key, Text, Value
from .times import Instant

VerdictName = Literal["same_outage", "recurrence", "related", "new"]
ChainKind = Literal["chain", "storm", "trend", "request"]


class ChainState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    WATCHED = "watched"
    REFUSED = "refused"
    MERGED = "merged"


LISTED = 512
"""Latest cases of one term that are kept, and looked at. A word that has more says little, and what it finds
that is older is found by a rarer one."""
DECISIONS = (ChainState.ACCEPTED, ChainState.WATCHED, ChainState.REFUSED, ChainState.MERGED)


class Alike(Value):
    """An earlier ticket. `parts` are what each sign adds to the log-odds that both are one failure."""

    incident: Key
    probability: float = Field(ge=0, le=1)
    near: float
    parts: dict[str, float]


class Judgement(Value):
    """What a ticket was taken for when it was judged; `similar` has the nearest first."""

    at: Instant
    verdict: VerdictName
    similar: tuple[Alike, ...] = ()


class Chain(Value):
    """Cases of one failure, proposed as a problem. `merged_into` names the problem or chain that it was
    merged into, `gave` are the cases that went there; a refused one stays refused, whatever comes later.
    `told_on` is the ticket on which it was told, whose message later cases update."""

    id: Key
    kind: ChainKind
    state: ChainState = ChainState.PROPOSED
    proposed_at: Instant
    decided_at: Instant | None = None
    decided_by: Key | None = None
    reason: Text | None = None
    merged_into: Text | None = None
    from_history: bool = False
    """It was found among tickets of the past alone, because somebody asked for it."""
    gave: tuple[Key, ...] = ()
    told_on: Key | None = None


class Member(Value):
    """A case of a chain."""

    incident: Key
    at: Instant


def moved(
    chain: Chain,
    to: ChainState,
    *,
    by: str,
    at: datetime,
    reason: str,
    into: str = "",
    gave: tuple[str, ...] = (),
) -> Chain:
    """The chain after a person's decision, or after it was taken back. Raises ValidationError for words that are
    none: what is written has to be read again."""
    decided = {
        "state": to,
        "decided_at": at,
        "decided_by": by,
        "reason": reason or None,
        "merged_into": into or None,
        "gave": gave,
    }
    return Chain.model_validate(dict(chain) | decided)
