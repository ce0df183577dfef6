"""What stands behind possible causes at the door? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from .flow.causes.assessing import Causes
from .flow.intake import Intake
from .flow.reviews.reports import Reports
from .flow.reviews.suspecting import Suspicions
from .ground import Ground


def open_causes(ground: Ground, intake: Intake) -> Causes:
    return Causes(
        store=ground.store,
        queries=ground.store.queries,
        clock=ground.clock,
        intake=intake,
        library=ground.library,
    )


def open_suspicions(ground: Ground, causes: Causes, reports: Reports) -> Suspicions:
    return Suspicions(causes=causes, reports=reports, library=ground.library, clock=ground.clock)
