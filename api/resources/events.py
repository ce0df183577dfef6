"""Events come in: CloudEvents 1.0 as JSON, one or many, all or nothing."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import Incoming, parse
from pipeline.domain.errors import Malformed, Refused, TooLarge, UnknownThing
from pipeline.domain.made_here import FROM_OUTSIDE

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import PROBLEMS, event_examples
from ..refusals import NotJson
from ..strict_json import read_json
from .shapes import AcceptedEvent, accepted_event

SINGLE = ("application/cloudevents+json", "application/json")
BATCH = "application/cloudevents-batch+json"
router = APIRouter(tags=["events"])


@router.post(
    "/events",
    summary="Send one event, or a batch",
    status_code=202,
    response_model=AcceptedEvent | list[AcceptedEvent],
    responses={
        200: {"description": "Every event had been sent before, with the same content."},
        **{code: PROBLEMS[code] for code in (400, 401, 403, 404, 409, 413, 415)},
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                SINGLE[0]: {
                    "schema": {"$ref": "#/components/schemas/CloudEvent"},
                    "examples": event_examples(),
                },
                BATCH: {
                    "schema": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/CloudEvent"},
                    }
                },
            },
        }
    },
)
async def send_events(
    request: Request, caller: Annotated[Caller, Depends(allowed("events:write"))]
) -> Response:
    """`source` and `id` make an event idempotent: sent again with the same content it is answered
    as a duplicate; with another content it is refused. A batch is recorded whole or not at all.

    `subject` is the ticket's number; only a report to a source that we number may leave it out.
    `expectedversion` (an extension attribute) asks that the ticket still is at that version.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (*SINGLE, BATCH):
        raise NotJson(f"send {SINGLE[0]} or {BATCH}", field="content-type")
    body = await request.body()
    app = heliograph_of(request)
    return await run_in_threadpool(_accept, app, caller, body, media_type == BATCH)


def _accept(app: Heliograph, caller: Caller, body: bytes, batch: bool) -> Response:
    raw = read_json(body)
    if batch and not isinstance(raw, list):
        raise Malformed("a batch is a JSON array", field="body")
    many = isinstance(raw, list)
    incoming = _incoming(app, raw if many else [raw], many)
    at = "{n}.source" if many else "source"
    caller.check_sources((at.format(n=n), i.source) for n, i in enumerate(incoming))
    try:
        accepted = [accepted_event(a) for a in app.intake.accept(incoming)]
    except Refused as refused:
        if many and refused.event is not None:
            refused.field = (
                f"{refused.event}.{refused.field}" if refused.field else str(refused.event)
            )
        raise
    status = 200 if all(a.duplicate for a in accepted) else 202
    answer = [a.model_dump() for a in accepted]
    return JSONResponse(answer if many else answer[0], status)


def _incoming(app: Heliograph, raw: list[Any], many: bool) -> list[Incoming]:
    if len(raw) > app.settings.batch_limit:
        raise TooLarge(f"a batch has at most {app.settings.batch_limit} events", field="body")
    if not raw:
        raise Malformed("the batch is empty", field="body")
    now = app.clock.now()
    found: list[Incoming] = []
    problems: list[tuple[str, str]] = []
    for n, one in enumerate(raw):
        try:
            found.append(parse(one, now=now, at=f"{n}." if many else ""))
        except Malformed as wrong:
            problems += wrong.problems
    if problems:
        detail = "; ".join(f"{field}: {said}" for field, said in problems[:20])
        raise Malformed(detail, field=problems[0][0], problems=problems[:100])
    return found


@router.get("/schemas", summary="Every event type that may be sent, in a line")
def list_schemas() -> dict[str, str]:
    """Type → what it says. `GET /api/v1/schemas/{type}` gives its JSON Schema."""
    return {type_: payload.summary for type_, payload in FROM_OUTSIDE.items()}


@router.get("/schemas/{type_}", summary="The JSON Schema of one event type's data")
def show_schema(type_: str) -> dict[str, Any]:
    """With an example that is accepted as it stands."""
    payload = FROM_OUTSIDE.get(type_)
    if payload is None:
        raise UnknownThing(f"{type_} is not a type we know", field="type")
    schema = payload.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"/api/v1/schemas/{type_}",
        **schema,
        "examples": [payload.example],
    }
