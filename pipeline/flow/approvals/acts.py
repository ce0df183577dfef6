"""What people do about approvals: ask, decide, withdraw, name a substitute. Of two who decide, the first counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ...domain.approvals import Approval, approval_named
from ...domain.decision_events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalPassedOn,
    ApprovalWithdrawn,
    Approver,
    DecidedWhere,
)
from ...domain.directory import is_visible
from ...domain.errors import (
    ContentDiffers,
    Hindrance,
    NotAllowed,
    StaleVersion,
    UnknownIncident,
    UnknownThing,
    WrongState,
)
from ...domain.incident import Incident
from ...domain.lattices import TicketState
from ...domain.payload import Payload, PersonRef
from ...ports import Clock, Ids, Queries
from ..intake import Intake
from ..own_events import own_event

TRIES = 5
"""Others may record something in the same moment; each time the ticket is read again."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody asks. Without an `effect` or a `cost` none is told."""

    approvers: tuple[Approver, ...]
    what: str
    effect: str | None = None
    cost: str | None = None
    mode: Literal["any", "all"] = "any"
    due_by: datetime | None = None


class ApprovalActs:
    """Each act is an event of the ticket, which names who did it."""

    def __init__(self, queries: Queries, clock: Clock, ids: Ids, intake: Intake) -> None:
        self._queries, self._clock, self._ids, self._intake = queries, clock, ids, intake

    def ask(self, incident_id: str, question: Question, by: str) -> Approval:
        """Raises WrongState for a closed ticket, Malformed for a time that cannot be meant, and ValueError for
        what no event can hold."""
        name = self._ids.new("apr")
        data = ApprovalAsked.model_validate(
            {"approval": name, "by": PersonRef(id=by), **vars(question)}
        )

        def event(incident: Incident) -> Payload:
            if incident.state.value is TicketState.CLOSED:
                raise WrongState(Hindrance.MOVED_ON, f"ticket {incident.number} is closed")
            return data

        return approval_named(self._record(incident_id, event, "ask").approvals, name)

    def decide(
        self,
        incident_id: str,
        approval: str,
        *,
        by: str,
        approved: bool,
        comment: str = "",
        where: DecidedWhere,
    ) -> Approval:
        """Raises NotAllowed for somebody who was not asked, and WrongState where it is decided, withdrawn or
        over already: the approval then says by whom and when."""
        said = comment.strip() if is_visible(comment) else None
        self._refuse_leavers(by)
        data = ApprovalDecided(
            approval=approval, approved=approved, by=PersonRef(id=by), comment=said, where=where
        )

        def event(incident: Incident) -> Payload:
            known = approval_named(incident.approvals, approval)
            if not known.asked_ever(by):
                raise NotAllowed(f"{by} was not asked for this approval")
            if not known.may_decide(by):
                raise WrongState(Hindrance.DECIDED_ALREADY, "this was decided, or is over, already")
            places = tuple(n for n, place in known.waiting if place.is_for(by))
            return data.model_copy(update={"places": places})

        after = self._record(incident_id, event, "decide")
        return approval_named(after.approvals, approval)

    def withdraw(self, incident_id: str, approval: str, *, by: str, reason: str = "") -> Approval:
        """Raises WrongState where it is over already."""
        why = reason.strip() if is_visible(reason) else None
        data = ApprovalWithdrawn(approval=approval, by=PersonRef(id=by), reason=why)

        def event(incident: Incident) -> Payload:
            _open(incident, approval)
            return data

        after = self._record(incident_id, event, "withdraw")
        return approval_named(after.approvals, approval)

    def substitute(self, incident_id: str, approval: str, *, of: str, to: str, by: str) -> Approval:
        """`to` decides in the place of `of`. Raises UnknownThing for somebody whom the directory does not
        know, or knows no address of, or who has left, WrongState where nobody waits for `of`."""
        person = self._queries.person(to)
        if person is None or not person.active or not person.addresses:
            raise UnknownThing(f"nobody called {to[:100]} can be asked", field="to")

        def event(incident: Incident) -> Payload:
            waiting = _open(incident, approval).waiting
            place = next((n for n, place in waiting if place.holder.id == of), None)
            if place is None or of == to:
                raise WrongState(Hindrance.MOVED_ON, f"{of} is not asked (any more)")
            return ApprovalPassedOn(approval=approval, place=place, to=to, by=PersonRef(id=by))

        after = self._record(incident_id, event, "substitute")
        return approval_named(after.approvals, approval)

    def _record(self, incident_id: str, event: Callable[[Incident], Payload], act: str) -> Incident:
        """Decided anew for each version of the ticket, and recorded for that version alone."""
        for left in reversed(range(TRIES)):
            incident = self._queries.incident(incident_id)
            if incident is None:
                raise UnknownIncident(f"no ticket {incident_id}")
            said = own_event(incident, event(incident), act, self._clock.now())
            try:
                self._intake.accept([said])
            except (StaleVersion, ContentDiffers):
                if not left:
                    raise
                continue
            break
        after = self._queries.incident(incident_id)
        if after is None:
            raise UnknownIncident(f"no ticket {incident_id}")
        return after

    def _refuse_leavers(self, person: str) -> None:
        known = self._queries.person(person)
        if known is not None and not known.active:
            raise NotAllowed(f"{person} has left")


def _open(incident: Incident, name: str) -> Approval:
    known = approval_named(incident.approvals, name)
    if not known.is_open:
        raise WrongState(Hindrance.DECIDED_ALREADY, "this was decided, or is over, already")
    return known
