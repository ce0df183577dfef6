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
    that the record of a major incident holds without this ruling: taking it back brings that back. It never
    names a ruling that was taken back itself."""

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
    if was is not None:
        rulings, major = _without(rulings, was), _taken_back(major, was)
    if isinstance(data, CauseReconsidered):
        return rulings, major
    cause = data.cause if isinstance(data, CauseConfirmed) else None
    now = Ruling(
        candidate=data.candidate,
        cause=cause,
        reason=data.reason if isinstance(data, CauseRuledOut) else None,
        by=data.by,
        at=event.occurred_at,
        event=event.id,
    )
    if cause is None or major is None or _is_of_before(major, now):
        return (*rulings, now)[-KEPT:], major
    if precedes(event, major.cause):
        return _under(rulings, major.cause, now)[-KEPT:], major
    now = now.model_copy(update={"before": major.cause})
    return (*rulings, now)[-KEPT:], _on_record(major, event, cause)


def _without(rulings: tuple[Ruling, ...], was: Ruling) -> tuple[Ruling, ...]:
    """Those that stand, none of which brings back the words of the one that fell."""
    return tuple(
        one.model_copy(update={"before": was.before}) if _names(one.before, was) else one
        for one in rulings
        if one is not was
    )


def _under(
    rulings: tuple[Ruling, ...], stands: Recorded[Words] | None, late: Ruling
) -> tuple[Ruling, ...]:
    """A ruling that comes late goes where its time is: when the later ones fall, it is what is left."""
    above = None
    while stands is not None and late.at < stands.at:
        above = next((one for one in rulings if _names(stands, one)), None)
        if above is None:  # somebody else's word, which no ruling takes back
            return (*rulings, late)
        stands = above.before
    said = Recorded[Words](value=late.cause, at=late.at, event=late.event)
    return (
        *(one.model_copy(update={"before": said}) if one is above else one for one in rulings),
        late.model_copy(update={"before": stands}),
    )


def _names(said: Recorded[Words] | None, ruling: Ruling) -> bool:
    return said is not None and said.event == ruling.event


def _is_of_before(major: Major, ruling: Ruling) -> bool:
    """Said of the failure that was over when this one began."""
    return major.relapse is not None and ruling.at < major.relapse.at


def _on_record(major: Major, event: Event, cause: Words) -> Major:
    """A cause that is confirmed is what the phase "identified" means: none is told before it (rule N1)."""
    changes: dict[str, object] = {"cause": recorded(event, cause)}
    if major.is_open and major.phase.value is Phase.INVESTIGATING:
        at = max(event.occurred_at, major.phase.at)
        changes["phase"] = Recorded[Phase](value=Phase.IDENTIFIED, at=at, event=event.id)
    return major.model_copy(update=changes)


def _taken_back(major: Major | None, was: Ruling) -> Major | None:
    """Only what this ruling itself put on record: a cause that was said since stays."""
    if major is None or not _names(major.cause, was):
        return major
    return major.model_copy(update={"cause": was.before})
