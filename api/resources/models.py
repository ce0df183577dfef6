"""Chat models: which there are, what they took, and every question that they were asked."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from knowledge.errors import ModelFailed
from pipeline.domain.errors import UnknownThing
from pipeline.domain.prose import Step
from pipeline.domain.times import Instant
from pipeline.flow.models.budgets import Limits
from pipeline.model_ports import KeptCall, Outcome, outcome_of

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import JsonRoute

router = APIRouter(tags=["administration"], route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]


class ModelShape(BaseModel):
    """A model at its place. It is not asked while its breaker is `open`."""

    step: Step = Field(description="`model` or `second_model`.")
    name: str
    breaker: Literal["closed", "open", "trying"]
    failures: int = Field(description="In a row.")
    rests_until: Instant | None
    last_failure: str | None


class LimitsShape(BaseModel):
    """None is no limit."""

    tokens: int | None
    money: float | None
    seconds: float | None


class SpentShape(BaseModel):
    calls: int
    tokens: int
    money: float = Field(description="In the currency of the settings' prices.")
    seconds: float


class ModelsShape(BaseModel):
    models: list[ModelShape]
    spent_today: SpentShape
    budgets: dict[Literal["text", "incident", "day"], LimitsShape]
    recording: Literal["full", "none"]
    recording_days: int


class CallSummary(BaseModel):
    id: str
    at: Instant
    step: str
    model: str
    purpose: str
    text: str = Field(description="The id of what it helped to write.")
    incident: str | None
    audience: str
    outcome: Outcome
    failed: str | None
    tokens_in: int | None
    tokens_out: int | None
    money: float | None
    seconds: float
    prompt: str
    material: str


class CallPageShape(BaseModel):
    calls: list[CallSummary]
    after: str | None = Field(description="Give it as `after` for the next page.")


class TurnShape(BaseModel):
    speaker: str
    text: str


class CallDetail(CallSummary):
    asked: list[TurnShape] | None = Field(description="As it was asked, while it is recorded.")
    answer: str | None


class TrialShape(BaseModel):
    """`failed` when there was no answer, `unfit` when it does not fit the form."""

    answer: str | None = None
    failed: str | None = None
    unfit: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    money: float | None = None
    seconds: float | None = None


@router.get("/models", summary="Chat models, and what they took today", responses=READING)
def list_models(request: Request, _: Administrator) -> ModelsShape:
    """In the order in which they are asked. Empty when none is set: everything works without."""
    app = heliograph_of(request)
    spent, budgets = app.models.spent_today(), app.models.budgets
    return ModelsShape(
        models=[
            ModelShape(
                step=one.step,
                name=one.model,
                breaker=one.breaker.standing.value,
                failures=one.breaker.failures,
                rests_until=one.breaker.until,
                last_failure=one.breaker.why,
            )
            for one in app.models.state()
        ],
        spent_today=SpentShape(
            calls=spent.calls, tokens=spent.tokens, money=spent.money, seconds=spent.seconds
        ),
        budgets={
            "text": _limits(budgets.text),
            "incident": _limits(budgets.incident),
            "day": _limits(budgets.day),
        },
        recording=app.settings.model_recording,
        recording_days=app.settings.model_recording_days,
    )


@router.post("/models/{step}/trial", summary="Ask a model one question", responses=ACTING)
def try_model(
    request: Request, _: Administrator, step: Literal["model", "second_model"]
) -> TrialShape:
    """Whether it answers and fills a form. The call has a row and is paid for like any other."""
    try:
        tried = heliograph_of(request).model_trial.of(Step(step))
    except ModelFailed as failed:
        return TrialShape(
            failed=str(failed), tokens_in=failed.tokens_in, tokens_out=failed.tokens_out
        )
    said = tried.answered
    return TrialShape(
        answer=said.text,
        unfit=tried.unfit,
        tokens_in=said.tokens_in,
        tokens_out=said.tokens_out,
        money=said.money,
        seconds=said.seconds,
    )


@router.get("/model-calls", summary="What chat models were asked", responses=READING)
def list_calls(
    request: Request,
    _: Administrator,
    incident: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(max_length=300)] = None,
) -> CallPageShape:
    """Newest first, without texts. Also calls that were not made, with the reason."""
    page = heliograph_of(request).models.calls.calls(incident=incident, limit=limit, after=after)
    return CallPageShape(
        calls=[CallSummary.model_validate(_summary(one)) for one in page.calls], after=page.after
    )


@router.get("/model-calls/{call_id}", summary="One call with its texts", responses=READING)
def show_call(request: Request, _: Administrator, call_id: str) -> CallDetail:
    """Texts are those that left for the model: redacted, and only while they are recorded."""
    found = heliograph_of(request).models.calls.call(call_id)
    if found is None:
        raise UnknownThing(f"no call {call_id[:100]}")
    turns = None
    if found.asked is not None:
        turns = [{"speaker": turn.speaker, "text": turn.text} for turn in found.asked]
    texts = {"asked": turns, "answer": found.answer}
    return CallDetail.model_validate(_summary(found) | texts)


def _summary(call: KeptCall) -> dict[str, object]:
    same = ("id", "at", "model", "purpose", "incident", "audience", "failed", "prompt", "material")
    numbers = ("tokens_in", "tokens_out", "money", "seconds")
    told = {name: getattr(call, name) for name in (*same, *numbers)}
    return told | {"step": call.step.value, "text": call.of, "outcome": outcome_of(call)}


def _limits(limits: Limits) -> LimitsShape:
    return LimitsShape(tokens=limits.tokens, money=limits.money, seconds=limits.seconds)
