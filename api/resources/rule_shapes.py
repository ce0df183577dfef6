"""How are rules told over the API: versions, what is in force, doubts, trials on an event and against the past?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from pipeline.bootstrap import Heliograph
from pipeline.delivery.plan import Plan
from pipeline.domain.communication import Reason
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.times import Instant
from pipeline.flow.rule_versions import Standing
from pipeline.flow.trying import Trial, Tried
from pipeline.policy.doubts import Doubt
from pipeline.rules_ports import Activation, DryRun, DryRunState, Origin, RuleVersion

from ..bodies import Body
from ..console.reasons import sentence_of

MOST_FILES, LONGEST_FILE, LONGEST_WORDS = 50, 256 * 1024, 500
Words = dict[Literal["zh", "en"], str]


class ActivationShape(BaseModel):
    """In force from `at` on, until the one with the next `n`."""

    n: int
    version: str
    origin: Origin = Field(description="`written` stands above `files`, and these above `shipped`.")
    at: Instant
    by: str
    reason: str


class StandingShape(BaseModel):
    in_force: ActivationShape | None
    followed: Literal["files", "shipped", "written"] = Field(
        description="What counts where no written version is activated."
    )
    files_differ: bool = Field(description="Whether it is something else than what is in force.")
    files_problem: str


class VersionSummary(BaseModel):
    version: str
    saved_at: Instant
    saved_by: str
    note: str


class DoubtShape(BaseModel):
    """Likely not meant; it keeps nothing from being activated."""

    where: str
    rule: str
    code: str
    sentence: Words


class CheckedShape(BaseModel):
    version: str
    rules: int
    doubts: list[DoubtShape]


class VersionShape(VersionSummary):
    files: dict[str, str]
    doubts: list[DoubtShape]
    problems: list[str] = Field(description="Why it cannot be activated as things stand.")
    difference: list[str] = Field(description="To the rules in force, line by line.")


class FilesBody(Body):
    files: dict[str, str] = Field(min_length=1, max_length=MOST_FILES, description="Name → YAML.")
    note: str = Field(default="", max_length=LONGEST_WORDS)


class DecisionBody(Body):
    reason: str = Field(min_length=1, max_length=LONGEST_WORDS)
    expected: int | None = Field(
        default=None, ge=0, strict=True, description="`n` of what you saw in force; 409 if not."
    )


class TrialBody(Body):
    """Rules: a `version`, or what is in force. An event: of the record by its id, or a CloudEvent."""

    version: str | None = Field(default=None, max_length=64)
    files: dict[str, str] | None = Field(default=None, max_length=MOST_FILES)
    event_id: str | None = Field(default=None, max_length=200)
    event: dict[str, Any] | None = None


class ReaderShape(BaseModel):
    recipient: str
    name: str
    channel: str


class TriedShape(BaseModel):
    rule: str
    where: str
    said: Literal["tells", "silent", "not_about", "failed"]
    kind: str
    audience: str
    after_seconds: float
    must: bool = Field(
        description="Whether nobody's quiet hours, digest, limit or mute puts it off."
    )
    why: Words
    readers: list[ReaderShape]
    unreached: list[Words]


class TrialShape(BaseModel):
    event: str
    number: str
    late: bool
    rules: list[TriedShape]
    elsewhere: int = Field(description="Rules that are about other events.")


class DryRunBody(Body):
    version: str = Field(min_length=4, max_length=64)
    tickets: int = Field(default=100, ge=1, le=1000, strict=True)
    days: int = Field(default=30, ge=1, le=3650, strict=True)


class DryRunSummary(BaseModel):
    id: str
    version: str
    against: str
    state: DryRunState
    asked_at: Instant
    asked_by: str
    done: int
    total: int
    failed: str | None


class DryRunShape(DryRunSummary):
    result: dict[str, Any] | None = Field(
        description="`counts` of messages that are added, gone, earlier, later, held, freed or reworded; `changes` one by one."
    )


def in_both(app: Heliograph, reason: Reason) -> Words:
    """Codes among its values are told in words too; times stay RFC 3339, for a program has no zone."""
    zh, en = (sentence_of(reason, app.library, one, datetime.isoformat) for one in LANGUAGES)
    return {"zh": zh, "en": en}


def activation_shape(a: Activation) -> ActivationShape:
    return ActivationShape(
        n=a.n, version=a.version, origin=a.origin, at=a.at, by=a.by, reason=a.reason
    )


def standing_shape(s: Standing) -> StandingShape:
    return StandingShape(
        in_force=activation_shape(s.activation) if s.activation else None,
        followed=s.followed,
        files_differ=s.files_differ,
        files_problem=s.files_problem,
    )


def version_summary(v: RuleVersion) -> VersionSummary:
    return VersionSummary(version=v.version, saved_at=v.saved_at, saved_by=v.saved_by, note=v.note)


def doubt_shapes(app: Heliograph, doubts: Sequence[Doubt]) -> list[DoubtShape]:
    return [
        DoubtShape(where=d.where, rule=d.rule, code=d.reason.code, sentence=in_both(app, d.reason))
        for d in doubts
    ]


def trial_shape(app: Heliograph, trial: Trial) -> TrialShape:
    event = trial.moment.event
    return TrialShape(
        event=event.name,
        number=event.number,
        late=trial.moment.late,
        rules=[_tried(app, one) for one in trial.rules],
        elsewhere=trial.elsewhere,
    )


def dry_run_summary(run: DryRun) -> DryRunSummary:
    return DryRunSummary(**_of_run(run))


def dry_run_shape(run: DryRun) -> DryRunShape:
    return DryRunShape(**_of_run(run), result=dict(run.result) if run.result is not None else None)


def _of_run(run: DryRun) -> dict[str, Any]:
    return {name: getattr(run, name) for name in DryRunSummary.model_fields}


def _tried(app: Heliograph, one: Tried) -> TriedShape:
    answer, plan = one.answer, one.plan or Plan(recipients=(), unreached=())
    return TriedShape(
        rule=answer.rule.id,
        where=answer.rule.where,
        said=answer.said,
        kind=answer.rule.kind.value,
        audience=answer.rule.audience,
        after_seconds=one.after.total_seconds(),
        must=answer.tell.must if answer.tell else False,
        why=in_both(app, answer.reason),
        readers=[
            ReaderShape(recipient=r.key, name=r.name, channel=r.channel) for r in plan.recipients
        ],
        unreached=[in_both(app, reason) for reason in plan.unreached],
    )
