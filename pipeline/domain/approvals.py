"""How does an approval of a ticket stand, and who may still decide? The first decision counts."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .decision_events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalPassedOn,
    ApprovalWithdrawn,
    OfApproval,
    PassedBecause,
)
from .directory import Key, Value
from .errors import UnknownThing
from .events import Closed, Event
from .payload import ERASED, PersonRef
from .recorded import Recorded, recorded
from .times import Instant

MOST = 50
"""Approvals held in the fold of a ticket; the oldest that ended make room."""


class ApprovalState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """The ticket was closed before anybody decided."""


DECIDED = frozenset({ApprovalState.APPROVED, ApprovalState.REFUSED})


class Place(Value):
    """One of those asked, and who decides in this place now. `before` held it earlier, and may still
    decide: whoever comes back from leave need not look for the substitute."""

    approver: PersonRef
    substitute: Key | None = None
    holder: PersonRef
    since: Instant
    because: Literal["asked"] | PassedBecause = "asked"
    before: tuple[PersonRef, ...] = ()
    vote: Recorded[ApprovalDecided] | None = None

    def is_for(self, person: str) -> bool:
        return any(person == ref.id for ref in (self.holder, *self.before))


class Approval(Value):
    """One question to one or more people. `decision` is the word that ended it."""

    asked: Recorded[ApprovalAsked]
    places: tuple[Place, ...]
    state: ApprovalState = ApprovalState.OPEN
    decision: Recorded[ApprovalDecided] | None = None
    ended_at: Instant | None = None

    @property
    def id(self) -> str:
        return self.asked.value.approval

    @property
    def is_open(self) -> bool:
        return self.state is ApprovalState.OPEN

    @property
    def waiting(self) -> tuple[tuple[int, Place], ...]:
        """The places, by number, whose word is still awaited."""
        if not self.is_open:
            return ()
        return tuple((n, place) for n, place in enumerate(self.places) if place.vote is None)

    @property
    def people(self) -> tuple[PersonRef, ...]:
        """Everybody whom it names."""
        asked, votes = self.asked.value.by, [p.vote.value.by for p in self.places if p.vote]
        said = (asked, self.decision.value.by if self.decision else None)
        asked_ones = [p.approver for p in self.places]
        earlier = [ref for p in self.places for ref in p.before]
        return (
            *asked_ones,
            *earlier,
            *(p.holder for p in self.places),
            *votes,
            *(s for s in said if s),
        )

    def waits_for(self, person: str) -> bool:
        """Whether this person is the one to be told about it now."""
        return any(place.holder.id == person for _, place in self.waiting)

    def may_decide(self, person: str) -> bool:
        return any(place.is_for(person) for _, place in self.waiting)

    def asked_ever(self, person: str) -> bool:
        return any(place.is_for(person) for place in self.places)

    def vote_of(self, person: str) -> Recorded[ApprovalDecided] | None:
        """What was said in a place of theirs, by whomever."""
        votes = (place.vote for place in self.places if place.is_for(person))
        return next((vote for vote in votes if vote is not None), None)


def approval_named(approvals: tuple[Approval, ...], name: str) -> Approval:
    """Raises UnknownThing."""
    found = next((one for one in approvals if one.id == name), None)
    if found is None:
        raise UnknownThing(f"this ticket has no approval {name[:100]}", field="data.approval")
    return found


def fold_approvals(approvals: tuple[Approval, ...], event: Event) -> tuple[Approval, ...]:
    """After one more event. Raises UnknownThing for a word on an approval that nobody asked for."""
    data = event.data
    if isinstance(data, Closed):
        return tuple(_ended(a, ApprovalState.LAPSED, event) for a in approvals)
    if not isinstance(data, OfApproval):
        return approvals
    if isinstance(data, ApprovalAsked):
        return _asked(approvals, event, data)
    known = approval_named(approvals, data.approval)
    changed = _changed(known, event, data)
    return tuple(changed if one.id == known.id else one for one in approvals)


def _asked(
    approvals: tuple[Approval, ...], event: Event, data: ApprovalAsked
) -> tuple[Approval, ...]:
    if any(one.id == data.approval for one in approvals):
        # Told again, it is the same question.
        return approvals
    named = {ref.id: ref for ref in data.people}
    asked = [(named.get(one.id, PersonRef(id=one.id)), one.substitute) for one in data.approvers]
    places = tuple(
        Place(approver=who, holder=who, substitute=substitute, since=event.occurred_at)
        for who, substitute in asked
    )
    new = Approval(asked=recorded(event, data), places=places)
    kept = list(approvals)
    while len(kept) >= MOST:
        kept.remove(next((one for one in kept if not one.is_open), kept[0]))
    return (*kept, new)


def _changed(
    known: Approval,
    event: Event,
    data: ApprovalPassedOn | ApprovalDecided | ApprovalWithdrawn,
) -> Approval:
    if not known.is_open:
        return known
    if isinstance(data, ApprovalWithdrawn):
        return _ended(known, ApprovalState.WITHDRAWN, event)
    if isinstance(data, ApprovalDecided):
        return _decided(known, event, data)
    return _passed_on(known, event, data)


def _ended(known: Approval, state: ApprovalState, event: Event) -> Approval:
    if not known.is_open:
        return known
    return known.model_copy(update={"state": state, "ended_at": event.occurred_at})


def _passed_on(known: Approval, event: Event, data: ApprovalPassedOn) -> Approval:
    waiting = dict(known.waiting)
    if data.place not in waiting or waiting[data.place].holder.id == data.to:
        return known
    place = waiting[data.place]
    passed = {
        "holder": PersonRef(id=data.to),
        "since": event.occurred_at,
        "because": data.because,
        "before": (*place.before, place.holder),
    }
    return _with(known, {data.place: place.model_copy(update=passed)})


def _decided(known: Approval, event: Event, data: ApprovalDecided) -> Approval:
    said = recorded(event, data)
    places = [
        (n, place)
        for n, place in known.waiting
        if (n in data.places if data.places else place.is_for(data.by.id))
    ]
    if not places and data.by.id == ERASED:
        # Who it was is forgotten, that one of those asked spoke is not.
        places = list(known.waiting[:1])
    theirs = {n: place.model_copy(update={"vote": said}) for n, place in places}
    if not theirs and known.asked_ever(data.by.id):
        # Said twice, it is one word.
        return known
    after = _with(known, theirs)
    # Whoever was not asked speaks for the whole: a desk tells how its own approval ended.
    ends = not theirs or not data.approved or known.asked.value.mode == "any" or not after.waiting
    if not ends:
        return after
    state = ApprovalState.APPROVED if data.approved else ApprovalState.REFUSED
    return _ended(after.model_copy(update={"decision": said}), state, event)


def _with(known: Approval, places: dict[int, Place]) -> Approval:
    changed = tuple(places.get(n, place) for n, place in enumerate(known.places))
    return known.model_copy(update={"places": changed})
