"""What stands behind post-incident reports at the door? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .flow.intake import Intake
from .flow.library import Library
from .flow.reviews.acts import ReportActs
from .flow.reviews.reports import Reports
from .flow.summaries.writing import Summaries
from .ports import Clock, Ids, Store


@dataclass(frozen=True, kw_only=True)
class Reviewing:
    """What the door needs for reports."""

    reports: Reports
    acts: ReportActs


def open_reviewing(
    store: Store,
    *,
    clock: Clock,
    ids: Ids,
    library: Library,
    intake: Intake,
    summaries: Summaries,
    zone: str,
) -> Reviewing:
    return Reviewing(
        reports=Reports(store=store, clock=clock, library=library, summaries=summaries, zone=zone),
        acts=ReportActs(store=store, clock=clock, ids=ids, intake=intake, zone=zone),
    )
