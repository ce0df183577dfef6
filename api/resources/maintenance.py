"""Planned maintenance: what is ahead, planning it, moving it, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field, ValidationError

from pipeline.domain.directory import Key, Number
from pipeline.domain.errors import Malformed, NotAllowed
from pipeline.domain.incident import Incident
from pipeline.domain.maintenance import overlap
from pipeline.domain.maintenance_events import (
    MaintenanceCancelled,
    MaintenanceChanged,
    MaintenancePlanned,
    Services,
)
from pipeline.domain.own_names import MAINTENANCE
from pipeline.domain.payload import Line, Payload, PersonRef, Words
from pipeline.domain.times import Instant

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from ..webhooks.alertmanager import malformed
from .of_incident import incident_named

router = APIRouter(prefix="/maintenance", tags=["maintenance"], route_class=JsonRoute)
Actor = Annotated[Caller, Depends(allowed("act"))]


class Plan(Body):
    """What is planned. `key` makes it the same plan when it is sent twice."""

    title: Line
    services: Services
    starts_at: Instant
    ends_at: Instant
    effect: Words | None = None
    not_affected: Words | None = None
    number: Number | None = Field(default=None, description="The change's own number.")
    key: Key | None = None


class Change(Body):
    """What is left out stays."""

    services: Services | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    effect: Words | None = None
    not_affected: Words | None = None


class Cancellation(Body):
    reason: Words | None = None


class PlannedMaintenance(Body):
    """As it stands; `held` are the names of the alerts that it kept back, `overlaps` the numbers of other plans
    for one of its services at the same time: allowed, since two teams may agree on it, and worth a look."""

    id: str
    number: str
    title: str
    standing: str
    services: tuple[str, ...]
    starts_at: Instant
    ends_at: Instant
    effect: Words | None
    not_affected: Words | None
    held: list[str]
    overlaps: list[str]


@router.get("", summary="What is planned or under way", responses=READING)
def list_maintenance(
    request: Request, _: Annotated[Caller, Depends(allowed("read"))]
) -> list[PlannedMaintenance]:
    """By its beginning."""
    app = heliograph_of(request)
    found = app.monitoring.queries.maintenance(app.clock.now())
    shown = (planned(one, found) for one in found)
    return [one for one in shown if one is not None]


@router.post("", summary="Plan maintenance", status_code=201, responses=ACTING)
def plan(request: Request, caller: Actor, body: Plan) -> PlannedMaintenance:
    """Those who use the services are told at once, and again before it begins; alerts of them are held back
    while it lasts."""
    if not caller.acts_on(MAINTENANCE):
        raise NotAllowed(f"this token may not speak for the source {MAINTENANCE}")
    app = heliograph_of(request)
    said = body.model_dump(exclude={"number", "key"}, exclude_none=True)
    data = _read(MaintenancePlanned, said | _by(caller))
    key = f"{caller.name}:{body.key}" if body.key else app.ids.new("plan")
    accepted = app.monitoring.plans.plan(data, key[:180], body.number)
    return _found(request, accepted.incident_id, caller)


@router.post("/{name}/change", summary="Move it, or say more of it", responses=ACTING)
def change(request: Request, caller: Actor, name: str, body: Change) -> PlannedMaintenance:
    """Those who heard of it are told."""
    data = _read(MaintenanceChanged, body.model_dump(exclude_none=True) | _by(caller))
    return _record(request, caller, name, data)


@router.post("/{name}/cancel", summary="Take it back", responses=ACTING)
def cancel(request: Request, caller: Actor, name: str, body: Cancellation) -> PlannedMaintenance:
    """Those who heard of it are told; what it held back comes up."""
    data = _read(MaintenanceCancelled, body.model_dump(exclude_none=True) | _by(caller))
    return _record(request, caller, name, data)


def _record(request: Request, caller: Caller, name: str, data: Payload) -> PlannedMaintenance:
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    if incident.maintenance is None:
        raise Malformed(f"{incident.number} is no planned maintenance", field="name")
    if incident.maintenance.standing != "planned":
        raise Malformed(
            f"{incident.number} is {incident.maintenance.standing} already", field="name"
        )
    if isinstance(data, MaintenanceChanged):
        app.monitoring.plans.check_move(data)
    app.acts.record(incident.id, data, version=incident.version)
    return _found(request, incident.id, caller)


def _found(request: Request, name: str, caller: Caller) -> PlannedMaintenance:
    app = heliograph_of(request)
    ahead = app.monitoring.queries.maintenance(app.clock.now())
    found = planned(incident_named(request, name, caller), ahead)
    if found is None:
        raise Malformed(f"{name} is no planned maintenance", field="number")
    return found


def _by(caller: Caller) -> dict[str, Any]:
    return {"by": PersonRef(id=caller.person.id)} if caller.person else {}


def _read(payload: type[Any], said: dict[str, Any]) -> Any:
    try:
        return payload.model_validate(said)
    except ValidationError as wrong:
        raise malformed(wrong) from None


def overlapping(incident: Incident, ahead: Sequence[Incident]) -> list[str]:
    """The numbers of those of `ahead` that work on the same at the same time."""
    mine = incident.maintenance
    return [
        other.number
        for other in ahead
        if mine and other.maintenance and other.id != incident.id
        if overlap(mine, other.maintenance)
    ]


def planned(incident: Incident, ahead: Sequence[Incident]) -> PlannedMaintenance | None:
    plan = incident.maintenance
    if plan is None:
        return None
    return PlannedMaintenance(
        id=incident.id,
        number=incident.number,
        title=incident.title.value,
        standing=plan.standing,
        services=plan.services.value,
        starts_at=plan.starts_at.value,
        ends_at=plan.ends_at.value,
        effect=plan.effect.value if plan.effect else None,
        not_affected=plan.not_affected.value if plan.not_affected else None,
        held=[one.value.signal for one in plan.held],
        overlaps=overlapping(incident, ahead),
    )
