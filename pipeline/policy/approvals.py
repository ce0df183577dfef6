"""An approver does not answer, is away or has left: when is who reminded, and who decides instead?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..domain.approvals import Approval, Place
from ..domain.decision_events import PassedBecause
from ..domain.directory import Group, Person
from ..domain.incident import Incident
from ..domain.lattices import TicketState

MANAGERS = "managers"
"""In `escalate_to`: those who manage a group that the silent approver belongs to."""


@dataclass(frozen=True, kw_only=True)
class ApprovalRules:
    """`due_within` is for a question that names no time. The reminder comes `remind_before` the time, or
    after half of it where that is later. Whoever it is passed on to has `grace` at least.

    `escalate_to` are tried in their order: `managers`, or a group's id, whose managers come before its
    members.
    """

    due_within: timedelta = timedelta(days=2)
    remind_before: timedelta = timedelta(hours=4)
    grace: timedelta = timedelta(hours=4)
    escalate_to: tuple[str, ...] = (MANAGERS,)


@dataclass(frozen=True, kw_only=True)
class Staff:
    """The part of the directory that a question needs: whoever asked-for people and escalations name."""

    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)

    def can_decide(self, person: str, now: datetime) -> bool:
        """Within reach, and not away."""
        known = self.people.get(person)
        return known is not None and not self.has_left(person) and known.absence_at(now) is None

    def has_left(self, person: str) -> bool:
        """Whom nobody knows, or has an address of, cannot be asked either."""
        known = self.people.get(person)
        return known is None or not known.active or not known.addresses


@dataclass(frozen=True, kw_only=True)
class Next:
    """Who decides in a place from now on, and why."""

    place: int
    person: str
    because: PassedBecause


def rests(incident: Incident) -> bool:
    """Nobody waits for a word on it: it is solved or closed, or there was no failure. Whoever was asked may
    still decide, but is neither reminded nor passed over until it is opened again."""
    if incident.state.value in (TicketState.RESOLVED, TicketState.CLOSED):
        return True
    return incident.major is not None and incident.major.standing == "withdrawn"


def due_at(rules: ApprovalRules, approval: Approval, place: Place) -> datetime:
    """When this holder's time is over."""
    asked = approval.asked
    wanted = asked.value.due_by or asked.at + rules.due_within
    return wanted if place.because == "asked" else max(wanted, place.since + rules.grace)


def passed_on_at(
    rules: ApprovalRules, approval: Approval, place: Place, reminded: datetime
) -> datetime:
    """When somebody else is asked after a reminder. One that came after its time (the ticket was solved
    meanwhile, and opened again) leaves whoever it reminds the usual grace."""
    due = due_at(rules, approval, place)
    return due if due > reminded else reminded + rules.grace


def reminds_at(rules: ApprovalRules, since: datetime, due: datetime) -> datetime:
    return max(due - rules.remind_before, since + (due - since) / 2)


def unable(rules: ApprovalRules, approval: Approval, staff: Staff, now: datetime) -> Next | None:
    """The first place whose holder has left, or is away with a substitute, and who is next there. None
    where everybody can decide, or nobody could instead."""
    for n, place in approval.waiting:
        if staff.can_decide(place.holder.id, now):
            continue
        gone = staff.has_left(place.holder.id)
        person = _substitute(place, staff, now)
        if person is None and gone:
            person = next_in_line(rules, place, staff, now)
        if person is not None:
            return Next(place=n, person=person, because="left" if gone else "absent")
    return None


def next_in_line(rules: ApprovalRules, place: Place, staff: Staff, now: datetime) -> str | None:
    """Who has not been asked in this place yet, and can decide."""
    passed_over = {ref.id for ref in (place.holder, *place.before)}
    candidates = (*_named(place, staff), *_by_rule(rules, place, staff))
    return next((c for c in candidates if c not in passed_over and staff.can_decide(c, now)), None)


def _substitute(place: Place, staff: Staff, now: datetime) -> str | None:
    known = staff.people.get(place.holder.id)
    away = known.absence_at(now) if known else None
    found = [*_named(place, staff), *([away.substitute] if away and away.substitute else [])]
    passed_over = {ref.id for ref in (place.holder, *place.before)}
    return next((s for s in found if s not in passed_over and staff.can_decide(s, now)), None)


def _named(place: Place, staff: Staff) -> Iterator[str]:
    """Whom the request itself names for this place."""
    if place.substitute is not None and place.substitute in staff.people:
        yield place.substitute


def _by_rule(rules: ApprovalRules, place: Place, staff: Staff) -> Iterator[str]:
    for step in rules.escalate_to:
        if step == MANAGERS:
            for group in groups_of(place, staff.people):
                yield from staff.groups[group].managers if group in staff.groups else ()
        elif step in staff.groups:
            yield from (*staff.groups[step].managers, *staff.groups[step].members)


def groups_of(place: Place, people: Mapping[str, Person]) -> tuple[str, ...]:
    """The groups of those who held this place, the present holder's first."""
    held = (place.holder, *reversed(place.before))
    known = [people[ref.id] for ref in held if ref.id in people]
    return tuple(dict.fromkeys(group for person in known for group in person.groups))
