"""What stands behind approvals and surveys at the door? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .adapters.jobs.embedded import Worker
from .decision_ports import DecisionQueries
from .flow.approvals.acts import ApprovalActs
from .flow.approvals.duties import QUEUE, ApprovalDuties
from .flow.intake import Intake
from .flow.surveys.answering import SurveyActs
from .ground import Ground


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What the door needs for approvals and surveys."""

    approvals: ApprovalActs
    surveys: SurveyActs
    found: DecisionQueries


def open_deciding(ground: Ground, intake: Intake) -> Deciding:
    store, clock, ids = ground.store, ground.clock, ground.ids
    return Deciding(
        approvals=ApprovalActs(store.queries, clock, ids, intake),
        surveys=SurveyActs(store, clock, ids, ground.library, ground.ringer()),
        found=store.decisions,
    )


def approval_worker(ground: Ground, intake: Intake) -> Worker:
    """It reminds, and passes on what nobody answered."""
    duties = ApprovalDuties(ground.store, ground.clock, ground.ids, ground.library, intake)
    return ground.worker(QUEUE, QUEUE, duties.turn)
