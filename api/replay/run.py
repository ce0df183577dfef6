"""Histories on one time axis, through the same flow as live events, on a clock that is moved by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import CommunicationState
from pipeline.domain.errors import HeliographError
from pipeline.domain.findings import Finding, FindingLevel, Words
from pipeline.domain.incident import Incident
from pipeline.domain.promise import PromiseState
from pipeline.flow.drain import Settable, advance, drain
from pipeline.settings import Settings

from .audit import audit
from .histories import History
from .rows import Row, rows_of
from .spoiling import Spoiling
from .stage import stage
from .steps import Step, steps_of

PUBLISHER = "publisher"
_UNKEPT = frozenset({PromiseState.BROKEN, PromiseState.LATE})
_MADE = frozenset({PromiseState.KEPT, PromiseState.OPEN, *_UNKEPT})


@dataclass(kw_only=True)
class Outcome:
    """What a run made of its histories; findings by rule, apart by whose words they are about."""

    incidents: int = 0
    left_out: int = 0
    rows: list[Row] = field(default_factory=list)
    ours: Counter[str] = field(default_factory=Counter)
    quoted: Counter[str] = field(default_factory=Counter)
    made: int = 0
    kept: int = 0
    broken: int = 0

    def add(self, other: Outcome) -> None:
        self.incidents += other.incidents
        self.left_out += other.left_out
        self.rows += other.rows
        self.ours += other.ours
        self.quoted += other.quoted
        self.made, self.kept = self.made + other.made, self.kept + other.kept
        self.broken += other.broken


def play(
    histories: Sequence[History],
    settings: Settings,
    *,
    audiences: Sequence[str],
    until: datetime | None = None,
    spoiling: Spoiling | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """All of them, in the order of time. `progress` is told how many statements have been played."""
    told = [h for h in histories if steps_of(h)]
    outcome = Outcome(left_out=len(histories) - len(told))
    steps = sorted((step for h in told for step in steps_of(h)), key=lambda step: step.at)
    if not steps:
        return outcome
    start = steps[0].at - timedelta(minutes=1)
    with stage(told, audiences, settings, start) as (app, clock):
        for n, step in enumerate(steps, 1):
            if until is not None and step.at > until:
                break
            _take(app, clock, step, spoiling)
            progress(n)
        if until is not None:
            advance(clock, until, app.steps)
        for history in told:
            _gather(app, history, outcome, spoiling)
    return outcome


def _take(app: Heliograph, clock: Settable, step: Step, spoiling: Spoiling | None) -> None:
    if spoiling is not None and spoiling.late(step):
        # Workers that were away: what fell due meanwhile is done only now.
        clock.set(max(step.at, clock.now()))
    else:
        advance(clock, step.at, app.steps)
    app.intake.accept(step.incoming(clock.now()))
    drain(app.steps)
    _publish(app)


def _publish(app: Heliograph) -> None:
    """A statement that the guard holds was published all the same: somebody answered for it."""
    for held in app.queries.held():
        if held.state is CommunicationState.HELD:
            try:
                app.acts.release(held.id, PUBLISHER, "It was published so.")
            except HeliographError:
                app.acts.discard(held.id, PUBLISHER, "It cannot be published.")
            drain(app.steps)


def _gather(app: Heliograph, history: History, outcome: Outcome, spoiling: Spoiling | None) -> None:
    incident = app.queries.incident(history.id)
    if incident is None:
        return
    outcome.incidents += 1
    rows = list(rows_of(app, incident))
    if spoiling is not None:
        rows = [spoiling.row(row) for row in rows]
    outcome.rows += rows
    outcome.ours.update(audit(history, rows, app.settings.zone))
    for finding in _findings(app, incident):
        _count(outcome, finding)
    for promise in app.queries.promises(incident.id):
        outcome.made += promise.state in _MADE
        outcome.kept += promise.state is PromiseState.KEPT
        outcome.broken += promise.state in _UNKEPT


def _findings(app: Heliograph, incident: Incident) -> list[Finding]:
    return [
        finding
        for c in app.queries.communications(incident.id)
        for draft in app.queries.drafts(c.id)
        for finding in draft.verdict.findings
    ]


def _count(outcome: Outcome, finding: Finding) -> None:
    if finding.words in (Words.PERSON, Words.QUOTATION):
        outcome.quoted[finding.rule] += 1
    elif finding.level >= FindingLevel.WARN:
        outcome.ours[finding.rule] += 1
