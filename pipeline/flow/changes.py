"""Changes to services become rows, with the events that tell of them: their own, and those of plans and repairs."""

from __future__ import annotations

from datetime import datetime

from ..domain.change import Change, ChangeState, changed
from ..domain.change_events import Deployed
from ..domain.cloudevents import Incoming
from ..domain.events import Event
from ..domain.incident import Incident
from ..domain.maintenance_events import (
    ChangeAnnounced,
    MaintenanceCancelled,
    MaintenanceChanged,
    MaintenancePlanned,
)
from ..domain.payload import Words
from ..ports import Clock, Ids, Transaction


def take(tx: Transaction, item: Incoming, data: Deployed, ids: Ids, clock: Clock) -> Event:
    """The event of a change, which belongs to no ticket: its row moves with it. Services are kept by their ids
    where the register knows what the source calls them.

    Raises Malformed for a change of which too little is known.
    """
    before = tx.change(item.source, item.number) if item.number is not None else None
    if data.services is not None:
        named = known_services(tx, data.services)
        data_known = data.model_copy(update={"services": named})
    else:
        data_known = data
    after = changed(before, item, data_known, ids.new("chg"))
    tx.save_change(after)
    return Event(
        id=ids.new("evt"),
        source=item.source,
        source_id=item.source_id,
        type=item.type,
        incident_id=after.id,
        number=after.number,
        version=after.version,
        occurred_at=item.occurred_at,
        recorded_at=clock.now(),
        data=data,
    )


def known_services(tx: Transaction, said: tuple[str, ...]) -> tuple[str, ...]:
    """Each by its id; one that has no such id by the only service that is called so; else as it was said."""
    known = tx.services(said)
    if all(name in known for name in said):
        return said
    called: dict[str, set[str]] = {}
    for service, names in tx.service_names().items():
        for name in names:
            called.setdefault(name.casefold(), set()).add(service)
    found = []
    for name in said:
        meant = called.get(name.casefold(), set())
        found.append(next(iter(meant)) if name not in known and len(meant) == 1 else name)
    return tuple(dict.fromkeys(found))


def follow(tx: Transaction, event: Event, after: Incident, ids: Ids) -> None:
    """Planned maintenance, and a change that a repair needs, are changes too."""
    data = event.data
    if isinstance(data, ChangeAnnounced):
        if after.services:
            said = data.effect or data.change
            _plan(tx, after, data.change, said, (data.starts_at, data.ends_at), ids)
    elif isinstance(data, MaintenancePlanned | MaintenanceChanged):
        plan = after.maintenance
        if plan is not None:
            times = (plan.starts_at.value, plan.ends_at.value)
            _plan(tx, after, after.number, after.title.value, times, ids)
    elif isinstance(data, MaintenanceCancelled):
        _cancel(tx, event, after)


def _plan(
    tx: Transaction,
    incident: Incident,
    number: str,
    what: Words,
    times: tuple[datetime, datetime | None],
    ids: Ids,
) -> None:
    before = tx.change(incident.source, number)
    if before is not None and before.version:
        # Whoever made it has said so: that counts more than a plan.
        return
    tx.save_change(
        Change(
            id=before.id if before else ids.new("chg"),
            source=incident.source,
            number=number,
            services=incident.services,
            what=what,
            state=ChangeState.PLANNED,
            began_at=times[0],
            ended_at=times[1],
            ticket=incident.id,
        )
    )


def _cancel(tx: Transaction, event: Event, incident: Incident) -> None:
    """Before its time it is no change; broken off, it was one until then."""
    before = tx.change(incident.source, incident.number)
    if before is None or before.version:
        return
    at = event.occurred_at
    if before.began_at >= at:
        tx.drop_change(before)
    elif before.ended_at is None or before.ended_at > at:
        tx.save_change(before.model_copy(update={"ended_at": at}))
