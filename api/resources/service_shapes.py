"""How does a service look to programs? With its version, what is missing of it, and its history."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from pipeline.domain.directory import Service
from pipeline.domain.register import Change, Problem
from pipeline.domain.register_gaps import Missing
from pipeline.domain.times import Instant
from pipeline.flow.register.editing import Kept
from pipeline.flow.register.importing import Imported
from pipeline.flow.register.sentences import sentence

from ..bodies import Body


class ServiceShape(BaseModel):
    service: Service
    version: int = Field(description="Send it back with a change; 0 before the first one.")


class ServiceDetail(ServiceShape):
    needed_by: list[str] = Field(description="Services that say they depend on it.")


class ServicesPage(BaseModel):
    services: list[ServiceShape]
    after: str | None = Field(description="Ask for the next page with it; null on the last one.")


class ChangeShape(BaseModel):
    n: int
    at: Instant
    who: str
    what: str
    service: Service = Field(description="The whole of it after this step.")


class MissingShape(BaseModel):
    id: str
    critical: bool
    gaps: list[str]
    unknown: list[str] = Field(description="Ids it names that stand for nothing.")
    circle: list[str]


class UndoBody(Body):
    n: int = Field(ge=1, description="The step to take back.")
    version: int = Field(ge=0)


class ProblemShape(BaseModel):
    line: int | None
    column: str
    detail: str


class StepShape(BaseModel):
    line: int
    id: str
    outcome: str
    differences: list[dict[str, str]] = Field(description="column, before, after")


class ImportShape(BaseModel):
    kept: bool = Field(description="False for a dry run, and when there was a problem.")
    added: int
    changed: int
    unchanged: int
    steps: list[StepShape] = Field(description="Lines that add or change something.")
    problems: list[ProblemShape]
    more_problems: int


def shape_of(kept: Kept) -> ServiceShape:
    return ServiceShape(service=kept.service, version=kept.version)


def change_shape(change: Change) -> ChangeShape:
    return ChangeShape(**change.model_dump(exclude={"service"}), service=change.service)


def missing_shape(missing: Missing) -> MissingShape:
    return MissingShape(
        id=missing.service.id,
        critical=missing.service.critical,
        gaps=list(missing.gaps),
        unknown=list(missing.unknown),
        circle=list(missing.circle),
    )


def import_shape(done: Imported) -> ImportShape:
    counts: dict[str, Any] = {
        outcome: done.count(outcome) for outcome in ("added", "changed", "unchanged")
    }
    return ImportShape(
        kept=done.kept,
        **counts,
        steps=[
            StepShape(
                line=step.line,
                id=step.service.id,
                outcome=step.outcome,
                differences=[
                    {"column": column, "before": before, "after": after}
                    for column, before, after in step.differences
                ],
            )
            for step in done.steps
            if step.outcome != "unchanged"
        ],
        problems=[_problem(one) for one in done.problems],
        more_problems=done.more,
    )


def _problem(one: Problem) -> ProblemShape:
    return ProblemShape(line=one.line, column=one.field, detail=sentence(one))
