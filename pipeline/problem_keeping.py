"""What stands behind chains and problems at the door? Put together here, with their workers."""

from __future__ import annotations

from dataclasses import dataclass

from .adapters.jobs.embedded import Worker
from .flow.intake import Intake
from .flow.recurrence.awaiting import QUEUE as RECURRENCE
from .flow.recurrence.deciding import ChainDecisions
from .flow.recurrence.judging import Judgements
from .flow.recurrence.problems import ProblemDesk, ProblemWatch
from .ground import Ground
from .problems_ports import PROBLEMS


@dataclass(frozen=True, kw_only=True)
class ProblemKeeping:
    """What the door needs for chains and problems."""

    chains: ChainDecisions
    desk: ProblemDesk


def open_problem_keeping(ground: Ground, intake: Intake) -> ProblemKeeping:
    return ProblemKeeping(
        chains=ChainDecisions(ground.store, ground.clock, ground.ids, intake),
        desk=ProblemDesk(ground.store, ground.clock, ground.library, intake),
    )


def recurrence_workers(ground: Ground, intake: Intake) -> list[Worker]:
    judgements = Judgements(ground.store, ground.clock, ground.ids, ground.library, intake)
    watch = ProblemWatch(ground.store, ground.clock, intake)
    return [
        ground.worker(RECURRENCE, RECURRENCE, judgements.turn, background=True),
        ground.worker(PROBLEMS, PROBLEMS, watch.turn),
    ]
