"""What did people decide about the possible causes of an incident, and what does the record say of its cause since?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cause_events import CauseConfirmed, CauseReconsidered, CauseRuledOut
from .directory import Key, Text, Value
from .events import Event
from .lattices import Phase
from .payload import PersonRef, Words
from .recorded import Recorded, precedes, recorded
from .times import Instant

if TYPE_CHECKING:
    from .major import Major

KEPT = 200
"""Decisions held in the fold itself; older ones stay in the event stream."""


class Ruling(Value):
    """One candidate, confirmed (`cause` in a person's words) or ruled out (`reason`). `before` is the cause
    that the record of a major incident held until then: taking the ruling back brings it back."""

    candidate: Key
    cause: Words | None = None
    reason: Text | None = None
    by: PersonRef | None = None
    at: Instant
    event: Key
    before: Recorded[Words] | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.cause is not None


def ruled(
    rulings: tuple[Ruling, ...], major: Major | None, event: Event
) -> tuple[tuple[Ruling, ...], Major | None]:
    """Both after one more event. The later word on one candidate counts; a late one changes nothing."""
    data = event.data
    if not isinstance(data, CauseConfirmed | CauseRuledOut | CauseReconsidered):
        return rulings, major
    was = next((one for one in rulings if one.candidate == data.candidate), None)
    if was is not None and event.occurred_at < was.at:
        return rulings, major
    others = tuple(one for one in rulings if one is not was)
    major = _taken_back(major, was) if was is not None else major
    if isinstance(data, CauseReconsidered):
        return others, major
    cause = data.cause if isinstance(data, CauseConfirmed) else None
    now = Ruling(
        candidate=data.candidate,
        cause=cause,
        reason=data.reason if isinstance(data, CauseRuledOut) else None,
        by=data.by,
        at=event.occurred_at,
        event=event.id,
        before=major.cause if major is not None and cause is not None else None,
    )
    return (*others, now)[-KEPT:], major if cause is None else _on_record(major, event, cause)


def _on_record(major: Major | None, event: Event, cause: Words) -> Major | None:
    """A cause that is confirmed is what the phase "identified" means: none is told before it (rule N1)."""
    if major is None or precedes(event, major.cause):
        return major
    changes: dict[str, object] = {"cause": recorded(event, cause)}
    if major.is_open and major.phase.value is Phase.INVESTIGATING:
        at = max(event.occurred_at, major.phase.at)
        changes["phase"] = Recorded[Phase](value=Phase.IDENTIFIED, at=at, event=event.id)
    return major.model_copy(update=changes)


def _taken_back(major: Major | None, was: Ruling) -> Major | None:
    """Only what this ruling itself put on record: a cause that was said since stays."""
    if major is None or major.cause is None or major.cause.event != was.event:
        return major
    return major.model_copy(update={"cause": was.before})
