"""What takes in monitors' alerts and watches over planned maintenance: put together from what is open already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .adapters.mapping_files import read_mappings
from .adapters.store.sqlstore import SqlStore
from .alert_ports import AlertQueries
from .flow.alerts.mapped import Mappings
from .flow.alerts.taking import QUEUE as ALERTS
from .flow.alerts.taking import Alerts
from .flow.intake import Intake
from .flow.library import Library
from .flow.maintenance import QUEUE as MAINTENANCE
from .flow.maintenance import MaintenanceWatch
from .flow.plans import Plans
from .ports import Clock
from .settings import Settings


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """`turns` are the workers' by the queue of rows that each looks after."""

    alerts: Alerts
    mappings: Mappings
    plans: Plans
    queries: AlertQueries
    turns: Mapping[str, Callable[[], bool]]


def open_monitoring(
    settings: Settings, store: SqlStore, clock: Clock, library: Library, intake: Intake
) -> Monitoring:
    alerts = Alerts(store, clock, library, intake)
    watch = MaintenanceWatch(store, clock, library, intake)
    turns = {ALERTS: alerts.turn, MAINTENANCE: watch.turn}
    mappings = Mappings(lambda: read_mappings(settings.mappings_dir))
    return Monitoring(
        alerts=alerts,
        mappings=mappings,
        plans=Plans(store.queries, clock, intake),
        queries=store.alerts,
        turns=turns,
    )
