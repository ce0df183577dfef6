"""From rule files to a compiled pack, or every problem with its file, line and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    model_validator,
)

from ..domain.communication import Kind, Lane, Reason, ReleaseMode
from ..domain.directory import Key
from ..domain.errors import Misconfigured, misconfigured
from ..domain.events import PAYLOADS
from ..domain.lattices import Phase
from ..domain.major_events import Severity
from ..yaml_places import Place, line_of, read
from .alert_entries import AlertEntry, MaintenanceEntry
from .audiences import ROLES
from .conditions import (
    Condition,
    ConditionFailed,
    compile_condition,
    data_fields_in,
    try_out,
)
from .confirmation import Confirmation
from .correction_entries import CorrectionsEntry
from .decision_entries import ApprovalEntry, SurveyEntry
from .durations import Duration, Patience
from .entries import Sentence, Spec
from .model_entries import ModelEntry
from .models import ModelRule, in_force
from .release_entries import ReleaseEntry
from .releases import ReleaseRule
from .rules import Exemption, Pace, Rule, RulePack, version_of
from .service_level_entries import ServiceLevelFile
from .service_level_loading import Parsed, levels_in

SHIPPED = Path(__file__).parent / "packs"
NEVER_IN_PROSE = frozenset(
    {
        *(Kind.FIRST_CONTACT, Kind.PROMISE_WARNING, Kind.DECLARE_REQUEST),
        *(Kind.WITHDRAWAL, Kind.ACKNOWLEDGEMENT, Kind.ACTION_OVERDUE),
        *(
            Kind.APPROVAL_REQUEST,
            Kind.APPROVAL_DECISION,
            Kind.LOW_SCORE,
            Kind.SERVICE_LEVEL_WARNING,
        ),
    }
)
"""Kinds that wait for no model: they are first words, or warn."""
_NO_RULE = ("rules", "there is not a single rule: nobody would ever be told anything")
SHORTEST_CADENCE = timedelta(minutes=5)
_Waited = Literal[Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MITIGATING, Phase.MONITORING]
_PAYLOADS = {type_.split(".")[-2]: payload for type_, payload in PAYLOADS.items()}
_FIELDS_OF = {name: frozenset(payload.model_fields) for name, payload in _PAYLOADS.items()}
_KNOWN = frozenset(_PAYLOADS)


def read_rules(folder: Path) -> dict[str, str]:
    """Every `*.yaml` directly in `folder`, by name. Raises Misconfigured when there is none."""
    found = sorted(folder.glob("*.yaml"))
    if not found:
        raise Misconfigured("holds no *.yaml with rules", where=str(folder))
    try:
        return {path.name: path.read_text(encoding="utf-8") for path in found}
    except (OSError, UnicodeDecodeError) as wrong:
        raise Misconfigured(f"cannot be read: {wrong}", where=str(folder)) from None


def load_pack(files: Mapping[str, str]) -> RulePack:
    """All files as one pack. Raises Misconfigured that lists every problem; nothing is half-taken."""
    problems: list[tuple[str, str]] = []
    rules: dict[str, Rule] = {}
    parsed: list[Parsed] = []
    cadence: dict[str, Mapping[Phase, timedelta]] = {}
    models: list[ModelRule] = []
    releases: list[ReleaseRule] = []
    sections: dict[str, Any] = {"confirmation": Confirmation()}
    for name, text in sorted(files.items()):
        try:
            file, lines = _parsed(name, text)
        except Misconfigured as wrong:
            problems += wrong.problems
            continue
        parsed.append(file.parsed(name, lines))
        cadence |= file.waits()
        models += [m.compiled(_at(name, lines, "models", n)) for n, m in enumerate(file.models)]
        releases += [r.compiled(_at(name, lines, "release", n)) for n, r in enumerate(file.release)]
        sections |= file.sections()
        problems += _taken_in(rules, file, name, lines)
    levels = levels_in(parsed)
    problems += levels.problems
    if not rules and not problems:
        problems.append(_NO_RULE)
    if problems:
        raise misconfigured(problems)
    return RulePack(
        rules=tuple(rules.values()),
        by_event={e: tuple(r for r in rules.values() if e in r.events) for e in _KNOWN},
        calendars=levels.calendars,
        service_levels=levels.levels,
        close_after=levels.close_after,
        cadence=cadence,
        models=in_force(models),
        releases=tuple(releases),
        version=version_of(files),
        **sections,
    )


def _taken_in(
    rules: dict[str, Rule], file: _File, name: str, lines: dict[Place, int]
) -> list[tuple[str, str]]:
    """The rules of one more file, and those whose name is taken."""
    problems = []
    for n, spec in enumerate(file.rules):
        at = _at(name, lines, "rules", n)
        if spec.id in rules:
            problems.append((at, f"rules.{n}.id: {spec.id} is taken by another rule"))
        rules[spec.id] = spec.compiled(at)
    return problems


def _at(name: str, lines: dict[Place, int], part: str, n: int) -> str:
    """The file and line of an entry."""
    return f"{name}:{line_of(lines, (part, n))}"


def _condition(value: object) -> Condition:
    if value is True:
        return compile_condition("true")
    if not isinstance(value, str):
        raise ValueError("is an expression in quotes")
    return compile_condition(value)


def _lane(value: object) -> Lane:
    try:
        return Lane[str(value).upper()]
    except KeyError:
        raise ValueError("is urgent, routine or bulk") from None


def _event_name(value: object) -> str:
    if value not in _KNOWN:
        raise ValueError(f"is not an event; known: {', '.join(sorted(_KNOWN))}")
    return str(value)


def _audience(value: object) -> str:
    if value not in ROLES:
        raise ValueError(f"is not an audience; known: {', '.join(ROLES)}")
    return str(value)


Expression = Annotated[Condition, BeforeValidator(_condition)]


class _Exemption(Spec):
    when: Expression
    code: Key | None = None
    reason: Sentence | None = None

    @model_validator(mode="after")
    def _says_why(self) -> _Exemption:
        if (self.code is None) == (self.reason is None):
            raise ValueError("needs either a code of reasons.yaml or a reason in zh and en")
        return self

    def compiled(self, rule: str) -> Exemption:
        said = self.reason
        reason = (
            Reason(code=rule, zh=said.zh, en=said.en) if said else Reason(code=self.code or rule)
        )
        return Exemption(condition=self.when, reason=reason)


class _Rule(Spec):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
    events: tuple[Annotated[str, BeforeValidator(_event_name)], ...] = Field(min_length=1)
    tell: Annotated[str, BeforeValidator(_audience)]
    kind: Kind
    channels: tuple[Literal["mail", "webhook", "page"], ...] = ()
    after: Duration = timedelta()
    alone: bool = False
    dependents: bool = False
    articles_within: Duration | None = None
    prose_within: Patience | None = None
    lane: Annotated[Lane, BeforeValidator(_lane)] = Lane.ROUTINE
    must: Expression | None = None
    release: ReleaseMode = "automatic"
    when: Expression | None = None
    unless: tuple[_Exemption, ...] = ()
    reason: Sentence

    @model_validator(mode="after")
    def _names_fields_that_exist(self) -> _Rule:
        """A misspelt field would fail at each event, and the rule would tell nobody."""
        known = {field for event in self.events for field in _FIELDS_OF[event]}
        told = (self.when, self.must, *(e.when for e in self.unless))
        conditions = [c for c in told if c is not None]
        for field in sorted({f for c in conditions for f in data_fields_in(c.text)} - known):
            raise ValueError(
                f"names event.data.{field}; these events have only {', '.join(sorted(known))}"
            )
        for condition, event in product(conditions, self.events):
            _try_out(condition, event)
        return self

    @model_validator(mode="after")
    def _waits_for_one_thing(self) -> _Rule:
        if self.prose_within is None:
            return self
        if self.articles_within is not None:
            raise ValueError("waits for articles or for prose, not for both")
        if self.kind in NEVER_IN_PROSE:
            raise ValueError(f"a message of kind {self.kind.value} waits for no chat model")
        return self

    def compiled(self, where: str) -> Rule:
        return Rule(
            id=self.id,
            events=self.events,
            audience=self.tell,
            kind=self.kind,
            channels=self.channels,
            after=self.after,
            alone=self.alone,
            dependents=self.dependents,
            articles_within=self.articles_within,
            prose_within=self.prose_within,
            lane=self.lane,
            must=self.must,
            release=self.release,
            when=self.when,
            unless=tuple(e.compiled(self.id) for e in self.unless),
            reason=Reason(code=self.id, zh=self.reason.zh, en=self.reason.en),
            where=where,
        )


def _try_out(condition: Condition, event: str) -> None:
    """What fails on the published example fails on each event, and the rule would tell nobody."""
    payload = _PAYLOADS[event]
    data = payload.model_validate(payload.example).model_dump(mode="json")
    try:
        try_out(condition, data, event)
    except ConditionFailed as failed:
        raise ValueError(f"cannot be evaluated for {event}: {failed}") from None


def _long_enough(wait: timedelta) -> timedelta:
    if wait < SHORTEST_CADENCE:
        raise ValueError("is shorter than 5m, to which promised times are rounded")
    return wait


class _Confirmation(Spec):
    severities: frozenset[Severity] = frozenset()
    second_signal: bool = False
    hold_down: Duration | None = None

    def compiled(self) -> Confirmation:
        return Confirmation(**self.model_dump())


class _Pace(Spec):
    messages: int = Field(ge=1, le=1000, strict=True)
    within: Duration

    def compiled(self) -> Pace:
        return Pace(**self.model_dump())


_SECTIONS = (
    *("confirmation", "alerts", "maintenance", "approvals", "surveys", "corrections"),
    "pace",
)
"""Parts of a pack of which the last file that has one counts."""


class _File(ServiceLevelFile):
    version: Literal[1]
    rules: tuple[_Rule, ...] = ()
    response_within: dict[Severity, Duration] = {}
    cadence: dict[Severity, dict[_Waited, Annotated[Duration, AfterValidator(_long_enough)]]] = {}
    confirmation: _Confirmation | None = None
    corrections: CorrectionsEntry | None = None
    alerts: AlertEntry | None = None
    maintenance: MaintenanceEntry | None = None
    models: tuple[ModelEntry, ...] = ()
    approvals: ApprovalEntry | None = None
    surveys: SurveyEntry | None = None
    release: tuple[ReleaseEntry, ...] = ()
    pace: _Pace | None = None

    def sections(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in _SECTIONS}
        return {name: entry.compiled() for name, entry in found.items() if entry is not None}

    def waits(self) -> dict[str, Mapping[Phase, timedelta]]:
        return {
            str(severity): {Phase(phase): wait for phase, wait in waits.items()}
            for severity, waits in self.cadence.items()
        }

    def parsed(self, name: str, lines: Mapping[Place, int]) -> Parsed:
        within = {str(priority): limit for priority, limit in self.response_within.items()}
        return Parsed(name=name, file=self, lines=lines, response=within)


def _parsed(name: str, text: str) -> tuple[_File, dict[Place, int]]:
    raw, lines = read(name, text)
    try:
        return _File.model_validate(raw), lines
    except ValidationError as wrong:
        raise misconfigured(
            [
                (
                    f"{name}:{line_of(lines, e['loc'])}",
                    f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg'].removeprefix('Value error, ')}",
                )
                for e in wrong.errors(include_url=False, include_input=False)
            ]
        ) from None
