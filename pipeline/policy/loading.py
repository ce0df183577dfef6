"""From rule files to a compiled pack, or every problem with its file, line and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Annotated, Literal

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
from .audiences import ROLES
from .conditions import (
    Condition,
    ConditionFailed,
    compile_condition,
    data_fields_in,
    try_out,
)
from .confirmation import Confirmation
from .entries import Sentence, Spec, duration
from .model_entries import ModelEntry
from .models import ModelRule, in_force
from .release_entries import ReleaseEntry
from .releases import ReleaseRule
from .rules import Exemption, Rule, RulePack

SHIPPED = Path(__file__).parent / "packs"
LONGEST_PATIENCE = timedelta(minutes=2)
NEVER_IN_PROSE = frozenset(
    {
        *(Kind.FIRST_CONTACT, Kind.PROMISE_WARNING, Kind.DECLARE_REQUEST),
        *(Kind.WITHDRAWAL, Kind.ACKNOWLEDGEMENT),
    }
)
"""Kinds that wait for no model: they are first words, or warn."""
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
    rules: list[Rule] = []
    response: dict[str, timedelta] = {}
    cadence: dict[str, Mapping[Phase, timedelta]] = {}
    models: list[ModelRule] = []
    releases: list[ReleaseRule] = []
    confirmation = Confirmation()
    for name, text in sorted(files.items()):
        try:
            file, lines = _parsed(name, text)
        except Misconfigured as wrong:
            problems += wrong.problems
            continue
        response |= {str(priority): within for priority, within in file.response_within.items()}
        cadence |= _cadence(file)
        for n, told in enumerate(file.models):
            models.append(told.compiled(f"{name}:{line_of(lines, ('models', n))}"))
        releases += _releases(name, file, lines)
        confirmation = file.confirmation.compiled() if file.confirmation else confirmation
        for place, spec in enumerate(file.rules):
            where = f"{name}:{line_of(lines, ('rules', place))}"
            if any(rule.id == spec.id for rule in rules):
                problems.append((where, f"rules.{place}.id: {spec.id} is taken by another rule"))
            rules.append(spec.compiled(where))
    if not rules and not problems:
        problems.append(("rules", "there is not a single rule: nobody would ever be told anything"))
    if problems:
        raise misconfigured(problems)
    by_event = {e: tuple(r for r in rules if e in r.events) for e in _KNOWN}
    return RulePack(
        rules=tuple(rules),
        by_event=by_event,
        response_within=response,
        cadence=cadence,
        confirmation=confirmation,
        models=in_force(models),
        releases=tuple(releases),
    )


def _releases(name: str, file: _File, lines: dict[Place, int]) -> list[ReleaseRule]:
    places = (f"{name}:{line_of(lines, ('release', n))}" for n in range(len(file.release)))
    return [asked.compiled(place) for asked, place in zip(file.release, places, strict=True)]


def _cadence(file: _File) -> dict[str, Mapping[Phase, timedelta]]:
    return {
        str(severity): {Phase(phase): wait for phase, wait in waits.items()}
        for severity, waits in file.cadence.items()
    }


def _patience(value: object) -> timedelta:
    wait = duration(value)
    if wait > LONGEST_PATIENCE:
        raise ValueError("is longer than 2m: no message waits so long for a chat model")
    return wait


def _condition(value: object) -> Condition:
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


Duration = Annotated[timedelta, BeforeValidator(duration)]
Patience = Annotated[timedelta, BeforeValidator(_patience)]
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
    articles_within: Duration | None = None
    prose_within: Patience | None = None
    lane: Annotated[Lane, BeforeValidator(_lane)] = Lane.ROUTINE
    release: ReleaseMode = "automatic"
    when: Expression | None = None
    unless: tuple[_Exemption, ...] = ()
    reason: Sentence

    @model_validator(mode="after")
    def _names_fields_that_exist(self) -> _Rule:
        """A misspelt field would fail at each event, and the rule would tell nobody."""
        known = {field for event in self.events for field in _FIELDS_OF[event]}
        conditions = [c for c in (self.when, *(e.when for e in self.unless)) if c is not None]
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
            articles_within=self.articles_within,
            prose_within=self.prose_within,
            lane=self.lane,
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


class _File(Spec):
    version: Literal[1]
    rules: tuple[_Rule, ...] = ()
    response_within: dict[Severity, Duration] = {}
    cadence: dict[Severity, dict[_Waited, Annotated[Duration, AfterValidator(_long_enough)]]] = {}
    confirmation: _Confirmation | None = None
    models: tuple[ModelEntry, ...] = ()
    release: tuple[ReleaseEntry, ...] = ()


def _parsed(name: str, text: str) -> tuple[_File, dict[Place, int]]:
    raw, lines = read(name, text)
    try:
        return _File.model_validate(raw), lines
    except ValidationError as wrong:
        raise misconfigured(
            [
                (f"{name}:{line_of(lines, e['loc'])}", f"{_path(e['loc'])}: {_said(e['msg'])}")
                for e in wrong.errors(include_url=False, include_input=False)
            ]
        ) from None


def _path(location: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in location) or "file"


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")
