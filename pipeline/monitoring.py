"""What takes in monitors' alerts and watches over planned maintenance: put together from what is open already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .alert_ports import AlertQueries
from .flow.alerts.taking import QUEUE as ALERTS
from .flow.alerts.taking import Alerts
from .flow.intake import Intake
from .flow.library import Library
from .flow.maintenance import QUEUE as MAINTENANCE
from .flow.maintenance import MaintenanceWatch
from .ports import Clock, Store


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """`turns` are the workers' by the queue of rows that each looks after."""

    alerts: Alerts
    queries: AlertQueries
    turns: Mapping[str, Callable[[], bool]]


def open_monitoring(
    store: Store, queries: AlertQueries, clock: Clock, library: Library, intake: Intake
) -> Monitoring:
    alerts = Alerts(store, clock, library, intake)
    watch = MaintenanceWatch(store, clock, library, intake)
    turns = {ALERTS: alerts.turn, MAINTENANCE: watch.turn}
    return Monitoring(alerts=alerts, queries=queries, turns=turns)
