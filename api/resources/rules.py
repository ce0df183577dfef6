"""Rules in versions: check, keep, try on an event or against the past, put in force, go back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import parse
from pipeline.domain.errors import Malformed, Misconfigured
from pipeline.flow.rule_versions import difference
from pipeline.policy.rules import RulePack

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, PROBLEMS, READING
from ..json_routes import JsonRoute
from ..refusals import PackRefused
from ..replay.dry_runs import DryRuns
from .rule_shapes import (
    LONGEST_FILE,
    ActivationShape,
    CheckedShape,
    DecisionBody,
    DryRunBody,
    DryRunShape,
    DryRunSummary,
    FilesBody,
    StandingShape,
    TrialBody,
    TrialShape,
    VersionShape,
    VersionSummary,
    activation_shape,
    doubt_shapes,
    dry_run_shape,
    dry_run_summary,
    standing_shape,
    trial_shape,
    version_summary,
)

router = APIRouter(tags=["administration"], route_class=JsonRoute, prefix="/rules")
Administrator = Annotated[Caller, Depends(allowed("admin"))]
Reader = Annotated[Caller, Depends(allowed("read"))]
_REFUSING = {**ACTING, 422: PROBLEMS[422]}
MOST_RUNS = 50


def dry_runs_of(request: Request) -> DryRuns:
    found: DryRuns = request.app.state.dry_runs
    return found


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Rules that cannot be put in force: each problem with its file, line and field."""
    try:
        yield
    except Misconfigured as wrong:
        raise PackRefused(str(wrong), wrong.problems) from wrong


def checked_files(files: Mapping[str, str]) -> dict[str, str]:
    """Raises Malformed for a name that no rule file has."""
    for name, text in files.items():
        if not name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name or len(name) > 100:
            raise Malformed(f"{name[:100]} is no name such as rules.yaml", field="files")
        if len(text) > LONGEST_FILE:
            raise Malformed(f"{name} is longer than {LONGEST_FILE} characters", field="files")
    return dict(files)


@router.get("/standing", summary="Which rules are in force, and why", responses=READING)
def show_standing(request: Request, _: Reader) -> StandingShape:
    """A written version stands above the files, and these above the shipped rules."""
    return standing_shape(heliograph_of(request).rule_keeping.versions.standing())


@router.get("/activations", summary="Which rules were in force when", responses=READING)
def list_activations(request: Request, _: Reader) -> list[ActivationShape]:
    """Newest first."""
    return [activation_shape(a) for a in heliograph_of(request).rule_keeping.versions.activations()]


@router.get("/versions", summary="Versions of the rules", responses=READING)
def list_versions(request: Request, _: Reader) -> list[VersionSummary]:
    """Newest first."""
    return [version_summary(v) for v in heliograph_of(request).rule_keeping.versions.versions()]


@router.get("/versions/{version}", summary="One version with its files", responses=READING)
def show_version(request: Request, _: Reader, version: str) -> VersionShape:
    """And its difference to what is in force."""
    app = heliograph_of(request)
    kept = app.rule_keeping.versions.version(version)
    now = app.rule_keeping.versions.standing().activation
    active = app.rule_keeping.versions.version(now.version).files if now else {}
    try:
        doubts, problems = app.rule_keeping.versions.pack(kept.files)[1], []
    except Misconfigured as wrong:
        doubts, problems = [], [f"{where}: {said}" for where, said in wrong.problems]
    return VersionShape(
        **version_summary(kept).model_dump(),
        files=dict(kept.files),
        doubts=doubt_shapes(app, doubts),
        problems=problems,
        difference=difference(active, kept.files),
    )


@router.post("/check", summary="Are these rules fit to be activated?", responses=_REFUSING)
def check(request: Request, _: Administrator, body: FilesBody) -> CheckedShape:
    """Nothing is kept. Problems are refused with file, line and field; doubts are told."""
    app = heliograph_of(request)
    with refused_in_words():
        pack, doubts = app.rule_keeping.versions.pack(checked_files(body.files))
    return CheckedShape(
        version=pack.version, rules=len(pack.rules), doubts=doubt_shapes(app, doubts)
    )


@router.post("/versions", summary="Keep a version", status_code=201, responses=_REFUSING)
def save(request: Request, caller: Administrator, body: FilesBody) -> VersionSummary:
    """It is not in force by that. The same files are the same version."""
    with refused_in_words():
        kept = heliograph_of(request).rule_keeping.versions.save(
            checked_files(body.files), by=caller.name, note=body.note
        )
    return version_summary(kept)


@router.post("/versions/{version}/activation", summary="Put a version in force", responses=_REFUSING)  # fmt: skip
def activate(
    request: Request, caller: Administrator, version: str, body: DecisionBody
) -> ActivationShape:
    """From the next event on, in every process."""
    with refused_in_words():
        made = heliograph_of(request).rule_keeping.versions.activate(
            version, by=caller.name, reason=body.reason, expected=body.expected
        )
    return activation_shape(made)


@router.post("/rollback", summary="Put the rules from before in force again", responses=_REFUSING)
def roll_back(request: Request, caller: Administrator, body: DecisionBody) -> ActivationShape:
    """Going back twice is where you began."""
    with refused_in_words():
        made = heliograph_of(request).rule_keeping.versions.roll_back(
            by=caller.name, reason=body.reason, expected=body.expected
        )
    return activation_shape(made)


@router.post("/files/activation", summary="Follow the files again", responses=_REFUSING)
def follow_files(request: Request, caller: Administrator, body: DecisionBody) -> ActivationShape:
    """The folder of the settings counts, or the shipped rules."""
    with refused_in_words():
        made = heliograph_of(request).rule_keeping.versions.follow_files(
            by=caller.name, reason=body.reason, expected=body.expected
        )
    return activation_shape(made)


@router.post("/trials", summary="Try rules on one event", responses=_REFUSING)
def try_out(request: Request, _: Administrator, body: TrialBody) -> TrialShape:
    """What would be told to whom, and why not the rest. Nothing is kept, and nobody is told."""
    app = heliograph_of(request)
    if (body.event_id is None) == (body.event is None):
        raise Malformed("name an event by `event_id`, or give one as `event`", field="event")
    with refused_in_words():
        pack = _pack(app, body)
    if body.event_id is not None:
        return trial_shape(app, app.rule_keeping.trials.recorded(pack, body.event_id))
    # Rules speak of what Heliograph itself records, too.
    incoming = parse(body.event, now=app.clock.now(), at="event.", ours=True)
    return trial_shape(app, app.rule_keeping.trials.pasted(pack, incoming))


@router.post("/dry-runs", summary="Try a version against the past", status_code=202, responses=_REFUSING)  # fmt: skip
def begin_dry_run(request: Request, caller: Administrator, body: DryRunBody) -> DryRunSummary:
    """Played beside the work, twice: through the rules in force, and through these. Ask again how far it is."""
    run = dry_runs_of(request).ask(body.version, by=caller.name, most=body.tickets, days=body.days)
    return dry_run_summary(run)


@router.get("/dry-runs", summary="Trials against the past", responses=READING)
def list_dry_runs(request: Request, _: Administrator) -> list[DryRunSummary]:
    """Newest first."""
    with heliograph_of(request).store.read() as tx:
        found = tx.dry_runs(MOST_RUNS)
    return [dry_run_summary(run) for run in found]


@router.get("/dry-runs/{run_id}", summary="How far, and what it found", responses=READING)
def show_dry_run(request: Request, _: Administrator, run_id: str) -> DryRunShape:
    """Which messages would be more, gone, earlier or later."""
    return dry_run_shape(dry_runs_of(request).run(run_id))


def _pack(app: Heliograph, body: TrialBody) -> RulePack:
    if body.files is not None:
        return app.library.rules_of(checked_files(body.files))
    if body.version is not None:
        return app.library.rules_of(app.rule_keeping.versions.version(body.version).files)
    app.library.keep_up()
    return app.library.rules
