"""Any tool that sends JSON, by a mapping file; and how a mapping is tried out, without keeping anything."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.errors import Malformed, Misconfigured, Refused
from pipeline.flow.alerts.mapped import Told, told_by
from pipeline.policy.mapping_entries import load_mapping

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..bodies import Body
from ..documentation import PROBLEMS, READING
from ..resources.shapes import AcceptedEvent, accepted_event
from ..strict_json import read_json
from .moments import moment
from .routes import Source, TakenAlerts, check_json, shown, source_of, tell_of_refusal

router = APIRouter(tags=["webhooks"])
TRIED = "tried-out"
"""The source of what is only tried out."""
_ANSWERS: dict[int | str, dict[str, Any]] = {
    code: PROBLEMS[code] for code in (400, 401, 403, 404, 409, 413, 415)
}


class TakenPayload(BaseModel):
    """What became of a payload; `passed_over` are its items that no entry of the mapping was about."""

    alerts: TakenAlerts | None
    events: list[AcceptedEvent]
    passed_over: int


class TriedPayload(BaseModel):
    """What a payload would become."""

    alerts: list[dict[str, Any]]
    events: list[dict[str, Any]]
    passed_over: int


class Trial(Body):
    """A mapping as its file would be, and a payload for it."""

    mapping: str = Field(max_length=64 * 1024)
    payload: Any


@router.get(
    "/webhooks/mappings",
    summary="The mapping files, and what is wrong with them",
    responses=READING,
)
def list_mappings(
    request: Request, caller: Annotated[Caller, Depends(allowed("admin"))]
) -> dict[str, str]:
    """Name → its problems; empty where it can be used."""
    return heliograph_of(request).monitoring.mappings.all()


@router.post(
    "/webhooks/generic/{mapping}",
    summary="Any JSON, by a mapping file",
    response_model=TakenPayload,
    responses=_ANSWERS,
)
async def take_generic(
    request: Request,
    mapping: str,
    caller: Annotated[Caller, Depends(allowed("events:write"))],
    source: Source = None,
) -> TakenPayload:
    """All of it is taken, or nothing: what the mapping cannot read is refused with the exact reason, and
    administrators are told. The same payload again changes nothing."""
    name = source_of(caller, source)
    check_json(request)
    body = await request.body()
    return await run_in_threadpool(_taken, heliograph_of(request), mapping, name, body)


def _taken(app: Heliograph, mapping: str, source: str, body: bytes) -> TakenPayload:
    try:
        told = _told(app, mapping, source, read_json(body))
        taken, accepted = app.monitoring.alerts.take_all(source, told.alerts, told.events)
    except Refused as refused:
        tell_of_refusal(app, f"{source} ({mapping[:100]})", refused)
        raise
    return TakenPayload(
        alerts=shown(taken) if told.alerts else None,
        events=[accepted_event(one) for one in accepted],
        passed_over=told.passed_over,
    )


def _told(app: Heliograph, mapping: str, source: str, payload: Any) -> Told:
    try:
        known = app.monitoring.mappings.named(mapping)
    except Misconfigured as wrong:
        raise Malformed(f"the mapping {mapping} cannot be used: {wrong}", field="mapping") from None
    return told_by(known, payload, source, app.clock.now(), moment)


@router.post(
    "/webhooks/generic/{mapping}/try",
    summary="Try a mapping file on a payload",
    responses=_ANSWERS,
)
async def try_mapping(
    request: Request, mapping: str, caller: Annotated[Caller, Depends(allowed("admin"))]
) -> TriedPayload:
    """Nothing is kept, and nobody is told."""
    body = await request.body()
    app = heliograph_of(request)
    return await run_in_threadpool(lambda: tried(_told(app, mapping, TRIED, read_json(body))))


@router.post("/webhooks/try", summary="Try a mapping that is no file yet", responses=_ANSWERS)
def try_text(
    request: Request, trial: Trial, caller: Annotated[Caller, Depends(allowed("admin"))]
) -> TriedPayload:
    """Nothing is kept, and nobody is told."""
    return tried_text(heliograph_of(request), trial.mapping, trial.payload)


def tried_text(app: Heliograph, text: str, payload: Any) -> TriedPayload:
    """Raises Malformed: for the mapping with its line, for the payload with the field."""
    try:
        mapping = load_mapping("mapping", text)
    except Misconfigured as wrong:
        raise Malformed(str(wrong), field="mapping", problems=wrong.problems) from None
    return tried(told_by(mapping, payload, TRIED, app.clock.now(), moment))


def tried(told: Told) -> TriedPayload:
    return TriedPayload(
        alerts=[a.model_dump(mode="json", exclude_none=True) for a in told.alerts],
        events=[_as_event(e) for e in told.events],
        passed_over=told.passed_over,
    )


def _as_event(event: Incoming) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": event.source_id,
        "type": event.type,
        "subject": event.number,
        "time": event.occurred_at.isoformat(),
        "data": event.data.model_dump(mode="json", exclude_none=True),
    }
    return {name: value for name, value in said.items() if value is not None}
