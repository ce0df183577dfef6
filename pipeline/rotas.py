"""What stands behind on-call calendars? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from .adapters.calendar_addresses import CalendarAddresses
from .adapters.jobs.embedded import Worker
from .flow.on_call.keeping import RotaReading, Rotas
from .ground import Ground
from .oncall_ports import ROTAS


def open_rotas(ground: Ground) -> Rotas:
    settings, store = ground.settings, ground.store
    return Rotas(
        store=store,
        queries=store.queries,
        clock=ground.clock,
        fetch=CalendarAddresses(hosts=settings.calendar_hosts),
        zone=settings.zone,
    )


def rota_worker(ground: Ground) -> Worker:
    """Who reads calendars again."""
    reading = RotaReading(store=ground.store, clock=ground.clock, rotas=open_rotas(ground))
    return ground.worker(ROTAS, ROTAS, reading.turn)
