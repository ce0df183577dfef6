"""Approvals that are due: first whoever is asked is reminded, then somebody else is asked by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from ...decision_ports import ApprovalStep
from ...domain.approvals import Approval, Place
from ...domain.cloudevents import Incoming
from ...domain.communication import Communication, Kind, Lane, Reason
from ...domain.errors import Refused, StaleVersion
from ...domain.incident import Incident
from ...policy.approvals import ApprovalRules, next_in_line, passed_on_at, rests, unable
from ...ports import Clock, Ids, Store
from ..intake import Intake
from ..library import Library
from .following import APPROVER_LEFT, alarm, passing
from .staff import staff_of

QUEUE = "approvals"
BATCH = 20
APPROVER = "approver"
RULE = "approval-reminder"
log = structlog.get_logger(__name__)


class ApprovalDuties:
    """The worker behind the places in which a word is awaited."""

    def __init__(
        self, store: Store, clock: Clock, ids: Ids, library: Library, intake: Intake
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._intake = library, intake

    def turn(self) -> bool:
        """True when something was due."""
        now, rules = self._clock.now(), self._library.rules.approvals
        with self._store.read() as tx:
            due = tx.due_approval_steps(now, BATCH)
            known = tx.incidents(sorted({step.incident for step in due}))
        for step in due:
            incident = known.get(step.incident)
            found = _awaited(incident, step)
            if incident is None or found is None:
                self._forget(step)
            elif rests(incident):
                self._rest(step)
            elif step.step == "escalate":
                self._escalate(incident, *found, step, rules, now)
            elif not self._passed_on(incident, found[0], rules, now):
                self._remind(incident, *found, step, rules, now)
        return bool(due)

    def _passed_on(
        self, incident: Incident, approval: Approval, rules: ApprovalRules, now: datetime
    ) -> bool:
        """Whoever left, or went away, since they were asked is not reminded: somebody else is asked."""
        with self._store.read() as tx:
            staff = staff_of(tx, incident.source, [approval], rules)
        found = unable(rules, approval, staff, now)
        if found is None:
            return False
        if found.because == "left":
            holder = approval.places[found.place].holder.id
            with self._store.write() as tx:
                tx.raise_alarm(alarm(incident, approval, APPROVER_LEFT, holder, now))
        self._record(passing(incident, approval, found.place, found.person, found.because, now))
        return True

    def _remind(
        self,
        incident: Incident,
        approval: Approval,
        place: Place,
        step: ApprovalStep,
        rules: ApprovalRules,
        now: datetime,
    ) -> None:
        """The reminder and that it was given are one commit: a second worker finds the row moved."""
        then = replace(
            step, step="escalate", due_at=passed_on_at(rules, approval, place, reminded=now)
        )
        with self._store.write() as tx:
            if tx.move_approval_step(step, then):
                tx.add_communications([self._reminder(incident, approval, place, now)])

    def _reminder(
        self, incident: Incident, approval: Approval, place: Place, now: datetime
    ) -> Communication:
        return Communication(
            id=self._ids.new("com"),
            incident=incident.id,
            kind=Kind.APPROVAL_REQUEST,
            audience=APPROVER,
            rule=RULE,
            reason=Reason(code="approval_due"),
            lane=Lane.URGENT,
            due_at=now,
            created_at=now,
            events=(approval.asked.event,),
            approval=approval.id,
            to=place.holder.id,
        )

    def _escalate(
        self,
        incident: Incident,
        approval: Approval,
        place: Place,
        step: ApprovalStep,
        rules: ApprovalRules,
        now: datetime,
    ) -> None:
        with self._store.read() as tx:
            staff = staff_of(tx, incident.source, [approval], rules)
        person = next_in_line(rules, place, staff, now)
        if person is None:
            with self._store.write() as tx:
                if tx.move_approval_step(step, replace(step, step="waiting", due_at=None)):
                    left = alarm(incident, approval, "approval_overdue", place.holder.id, now)
                    tx.raise_alarm(left)
            return
        if not self._record(passing(incident, approval, step.place, person, "overdue", now)):
            self._forget(step)

    def _record(self, event: Incoming) -> bool:
        """Recording it makes the new holder's times due, in the same commit. False where it cannot be."""
        try:
            self._intake.accept([event])
        except StaleVersion:
            # Something else was recorded in between, perhaps the decision: the next turn looks again.
            return True
        except Refused as refused:
            log.info("an approval could not be passed on", reason=str(refused))
            return False
        return True

    def _rest(self, step: ApprovalStep) -> None:
        """It stays; what opens the ticket again makes it due again (`following.follow`)."""
        with self._store.write() as tx:
            tx.move_approval_step(step, replace(step, due_at=None))

    def _forget(self, step: ApprovalStep) -> None:
        with self._store.write() as tx:
            tx.end_approval_steps(step.incident, step.approval, [step.place])


def _awaited(incident: Incident | None, step: ApprovalStep) -> tuple[Approval, Place] | None:
    """None where nobody waits in this place any more."""
    for approval in incident.approvals if incident else ():
        if approval.id == step.approval:
            place = dict(approval.waiting).get(step.place)
            return None if place is None else (approval, place)
    return None
