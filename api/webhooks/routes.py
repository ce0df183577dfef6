"""Where monitors and other tools send what they see: one address for each kind, a token for each source."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from pipeline.bootstrap import Heliograph
from pipeline.domain.alert import one_line
from pipeline.domain.errors import Malformed, Refused
from pipeline.domain.own_names import borrowed_source
from pipeline.flow.alerts.sorting import Taken
from pipeline.ports import Alarm

from ..auth.callers import ANY_SOURCE, Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import PROBLEMS
from ..refusals import NotJson
from ..strict_json import read_json
from . import alertmanager

LARGEST_BODY = 4 * 1024 * 1024
"""A group of some thousand alerts."""
PATHS = "/api/v1/webhooks/*"
router = APIRouter(tags=["webhooks"])
_ANSWERS: dict[int | str, dict[str, Any]] = {
    code: PROBLEMS[code] for code in (400, 401, 403, 404, 413, 415)
}
Source = Annotated[
    str | None,
    Query(max_length=200, description="Needed where the token may speak for several sources."),
]


class TakenAlerts(BaseModel):
    """What became of a message: how many alerts took which turn, and the tickets that were opened or joined."""

    turns: dict[str, int]
    opened: list[str]
    joined: list[str]
    held: dict[str, int]
    flapping: int
    unmapped: int
    left_out: int = 0


@router.post(
    "/webhooks/alertmanager",
    summary="Prometheus Alertmanager",
    response_model=TakenAlerts,
    responses=_ANSWERS,
)
async def take_alertmanager(
    request: Request,
    caller: Annotated[Caller, Depends(allowed("events:write"))],
    source: Source = None,
) -> TakenAlerts:
    """Version 4 of its webhook. A message that is sent again changes nothing."""
    name = source_of(caller, source)
    check_json(request)
    body = await request.body()
    return await run_in_threadpool(_alertmanager, heliograph_of(request), name, body)


def _alertmanager(app: Heliograph, source: str, body: bytes) -> TakenAlerts:
    try:
        alerts, left_out = alertmanager.read(read_json(body))
    except Malformed as wrong:
        tell_of_refusal(app, source, wrong)
        raise
    if left_out:
        _alarm(app, f"webhook_truncated:{source}", "webhook_truncated", source, str(left_out))
    return shown(app.monitoring.alerts.take(source, alerts), left_out)


def shown(taken: Taken, left_out: int = 0) -> TakenAlerts:
    return TakenAlerts(
        turns=taken.turns,
        opened=list(taken.opened),
        joined=list(taken.joined),
        held=taken.held,
        flapping=taken.flapping,
        unmapped=taken.unmapped,
        left_out=left_out,
    )


def source_of(caller: Caller, asked: str | None) -> str:
    """The token's one source, else the one that is asked for. Raises NotAllowed, and Malformed for none, and for a
    name of ours."""
    mine = caller.sources - {ANY_SOURCE}
    if asked is not None:
        caller.check_sources([("source", asked)])
        name = asked
    elif len(caller.sources) == 1 and mine:
        name = next(iter(mine))
    else:
        raise Malformed("say which source with ?source=, or use a token of one", field="source")
    if said := borrowed_source(name):
        raise Malformed(said, field="source")
    return name


def check_json(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise NotJson("send application/json", field="content-type")


def tell_of_refusal(app: Heliograph, of: str, refused: Refused) -> None:
    """A monitor gives up what is refused: somebody has to hear of it."""
    _alarm(app, f"webhook_refused:{of}", "webhook_refused", of, one_line(refused.detail, 500))


def _alarm(app: Heliograph, key: str, code: str, of: str, said: str) -> None:
    values = {"source": of, "problem": said}
    with app.store.write() as tx:
        alarm = Alarm(key=key[:400], code=code, values=values, raised_at=app.clock.now())
        tx.raise_alarm(alarm)
