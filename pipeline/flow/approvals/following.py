"""An event about an approval was recorded: what is due now, and does somebody else have to decide?

Called in the event's own unit of work (law 1). What passes an approval on is an event too, recorded in the
same commit; it is followed in its turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ...decision_ports import ApprovalStep
from ...domain.approvals import DECIDED, Approval
from ...domain.cloudevents import Incoming
from ...domain.decision_events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalPassedOn,
    ApprovalWithdrawn,
    OfApproval,
)
from ...domain.directory import Person
from ...domain.events import Closed, Event, StateChanged
from ...domain.incident import Incident
from ...domain.lattices import WaitingFor
from ...domain.request import Request, RequestState
from ...policy.approvals import ApprovalRules, due_at, reminds_at, rests, unable
from ...policy.rules import RulePack
from ...ports import Alarm, Ids, Transaction
from ..own_events import own_event
from .staff import staff_of

APPROVER_LEFT = "approver_left"


def follow(
    tx: Transaction,
    event: Event,
    before: Incident | None,
    after: Incident,
    pack: RulePack,
    named: Mapping[str, Person],
    ids: Ids,
    now: datetime,
) -> Incoming | None:
    """Keep what is due, and give the event by which an approval is passed on, if one has to be."""
    if after.approvals:
        _confirm(tx, event)
    if isinstance(event.data, Closed):
        for lapsed in before.approvals if before else ():
            _end(tx, after, lapsed, now)
        return None
    if before is not None and rests(before) and not rests(after):
        _await_again(tx, after, pack.approvals, now)
    if not isinstance(event.data, OfApproval):
        return None
    data = event.data
    approval = next(a for a in after.approvals if a.id == data.approval)
    if before is not None and approval in before.approvals:
        # Said again, or too late: nothing follows but that somebody looks at a contradiction.
        _contradicted(tx, after, approval, data, now)
        return None
    rules = pack.approvals
    _keep_steps(tx, event, after, approval, rules)
    if not approval.is_open:
        _end(tx, after, approval, now)
    if isinstance(data, ApprovalDecided):
        _ask_the_desk(tx, after, approval, data, ids, now)
    return _passed_on(tx, after, approval, rules, named, now)


def _keep_steps(
    tx: Transaction, event: Event, after: Incident, approval: Approval, rules: ApprovalRules
) -> None:
    data = event.data
    if isinstance(data, ApprovalAsked | ApprovalPassedOn):
        places = {data.place} if isinstance(data, ApprovalPassedOn) else range(len(approval.places))
        tx.set_approval_steps(
            [
                ApprovalStep(
                    incident=after.id,
                    approval=approval.id,
                    place=n,
                    step="remind",
                    due_at=reminds_at(rules, place.since, due_at(rules, approval, place)),
                    since=place.since,
                )
                for n, place in approval.waiting
                if n in places
            ]
        )
    elif isinstance(data, ApprovalDecided | ApprovalWithdrawn):
        answered = [n for n, place in enumerate(approval.places) if place.vote is not None]
        tx.end_approval_steps(after.id, approval.id, answered if approval.is_open else None)


def _await_again(tx: Transaction, after: Incident, rules: ApprovalRules, now: datetime) -> None:
    """The ticket was solved or withdrawn, and is open again: whoever was not reminded yet is, and whoever was has
    the usual grace before somebody else is asked."""
    then = {"remind": now, "escalate": now + rules.grace}
    passed = (s for s in tx.approval_steps(after.id) if s.due_at is None or s.due_at < now)
    # Never as it was: a worker that puts the step of the solved ticket to rest finds another one.
    again = [replace(step, due_at=then[step.step]) for step in passed if step.step in then]
    tx.set_approval_steps(again)


def _end(tx: Transaction, incident: Incident, approval: Approval, now: datetime) -> None:
    tx.end_approval_steps(incident.id, approval.id)
    tx.clear_alarm(alarm_key(incident, approval), now)


def _passed_on(
    tx: Transaction,
    after: Incident,
    approval: Approval,
    rules: ApprovalRules,
    named: Mapping[str, Person],
    now: datetime,
) -> Incoming | None:
    staff = staff_of(tx, after.source, [approval], rules, named)
    gone = [p.holder for _, p in approval.waiting if staff.has_left(p.holder.id)]
    if gone:
        tx.raise_alarm(alarm(after, approval, APPROVER_LEFT, gone[0].id, now))
    found = unable(rules, approval, staff, now)
    if found is None:
        return None
    return passing(after, approval, found.place, found.person, found.because, now)


def passing(
    incident: Incident, approval: Approval, place: int, to: str, because: str, now: datetime
) -> Incoming:
    """The event by which somebody else decides in a place."""
    data = ApprovalPassedOn.model_validate(
        {"approval": approval.id, "place": place, "to": to, "because": because}
    )
    return own_event(incident, data, "pass_on", now)


def alarm_key(incident: Incident, approval: Approval) -> str:
    return f"approval:{incident.id}:{approval.id}"


def alarm(incident: Incident, approval: Approval, code: str, approver: str, now: datetime) -> Alarm:
    """One for each approval: what a person has to see to is who decides it."""
    return Alarm(
        key=alarm_key(incident, approval),
        code=code,
        values={"number": incident.number, "approver": approver},
        raised_at=now,
        incident=incident.id,
    )


def _ask_the_desk(
    tx: Transaction,
    after: Incident,
    approval: Approval,
    data: ApprovalDecided,
    ids: Ids,
    now: datetime,
) -> None:
    """What was decided here has to reach the desk that owns the ticket."""
    if after.owner != "desk" or data.where == "desk" or approval.state not in DECIDED:
        return
    kind = "approve" if data.approved else "refuse"
    tx.add_request(
        Request(
            id=ids.new("req"),
            incident=after.id,
            kind=kind,
            text=data.comment or "",
            asked_by=data.by.id,
            asked_at=now,
            approval=approval.id,
        )
    )


def _contradicted(
    tx: Transaction, after: Incident, approval: Approval, data: OfApproval, now: datetime
) -> None:
    """The first word counts; a desk that decided otherwise in the same minutes has to be told by a person."""
    decision = approval.decision
    if not isinstance(data, ApprovalDecided) or data.where != "desk" or decision is None:
        return
    if data.approved is not decision.value.approved:
        tx.raise_alarm(alarm(after, approval, "approval_contradicted", data.by.id, now))


def _confirm(tx: Transaction, event: Event) -> None:
    """The desk tells how its approval ended, or that the ticket waits for none any more."""
    data = event.data
    if isinstance(data, ApprovalDecided) and data.where == "desk":
        wanted: str | None = data.approval
        kinds = {"approve"} if data.approved else {"refuse"}
    elif isinstance(data, StateChanged) and data.waiting_for is not WaitingFor.APPROVAL:
        wanted, kinds = None, {"approve", "refuse"}
    else:
        return
    for request in tx.open_requests(event.incident_id):
        if request.kind in kinds and wanted in (None, request.approval):
            confirmed = {"state": RequestState.CONFIRMED, "confirmed_by": event.id}
            tx.save_request(request.model_copy(update=confirmed))
