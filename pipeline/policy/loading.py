"""From rule files to a compiled pack, or every problem with its file, line and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
)

from ..domain.errors import Misconfigured, misconfigured
from ..domain.lattices import Phase
from ..domain.major_events import Severity
from ..yaml_places import LARGEST, Place, line_of, read, unfit
from .alert_entries import AlertEntry, MaintenanceEntry
from .confirmation import Confirmation
from .confirmation_entries import ConfirmationEntry
from .correction_entries import CorrectionsEntry
from .decision_entries import ApprovalEntry, SurveyEntry
from .durations import Duration
from .entries import Spec
from .model_entries import ModelEntry
from .models import ModelRule, in_force
from .recurrence import RecurrenceEntry
from .release_entries import ReleaseEntry
from .releases import ReleaseRule
from .rule_entries import KNOWN, RuleEntry
from .rules import Pace, Rule, RulePack, version_of
from .service_level_entries import ServiceLevelFile
from .service_level_loading import Parsed, levels_in

SHIPPED = Path(__file__).parent / "packs"
_NO_RULE = ("rules", "there is not a single rule: nobody would ever be told anything")
KEPT = 4
"""Packs that are kept ready: those in force, those before them, and the shipped ones are asked for again and again."""
SHORTEST_CADENCE = timedelta(minutes=5)
_Waited = Literal[Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MITIGATING, Phase.MONITORING]


def read_rules(folder: Path) -> dict[str, str]:
    """Every `*.yaml` directly in `folder`, by name. Raises Misconfigured when there is none."""
    found = sorted(folder.glob("*.yaml"))
    if not found:
        raise Misconfigured("holds no *.yaml with rules", where=str(folder))
    for path in found:
        # Reading a pipe or a device would never end.
        if not path.is_file() or path.stat().st_size > LARGEST:
            said = f"{path.name} is no file of at most {LARGEST:,} bytes"
            raise Misconfigured(said, where=str(folder))
    try:
        return {path.name: path.read_text(encoding="utf-8") for path in found}
    except (OSError, UnicodeDecodeError) as wrong:
        raise Misconfigured(f"cannot be read: {wrong}", where=str(folder)) from None


def load_pack(files: Mapping[str, str]) -> RulePack:
    """All files as one pack; files that are still known give the pack that they gave. Raises Misconfigured that
    lists every problem; nothing is half-taken."""
    return _pack_of(tuple(sorted(files.items())))


@lru_cache(maxsize=KEPT)
def _pack_of(named: tuple[tuple[str, str], ...]) -> RulePack:
    files = dict(named)
    problems: list[tuple[str, str]] = []
    rules: dict[str, Rule] = {}
    parsed: list[Parsed] = []
    cadence: dict[str, Mapping[Phase, timedelta]] = {}
    models: list[ModelRule] = []
    releases: list[ReleaseRule] = []
    sections: dict[str, Any] = {"confirmation": Confirmation()}
    for name, text in named:
        try:
            file, lines = _parsed(name, text)
        except Misconfigured as wrong:
            problems += wrong.problems
            continue
        parsed.append(file.parsed(name, lines))
        cadence |= file.waits()
        models += [m.compiled(_at(name, lines, "models", n)) for n, m in enumerate(file.models)]
        releases += [r.compiled(_at(name, lines, "release", n)) for n, r in enumerate(file.release)]
        sections |= file.sections(name, lines)
        problems += _taken_in(rules, file, name, lines)
    levels = levels_in(parsed)
    problems += levels.problems
    if not rules and not problems:
        problems.append(_NO_RULE)
    if problems:
        raise misconfigured(problems)
    return RulePack(
        rules=tuple(rules.values()),
        by_event={e: tuple(r for r in rules.values() if e in r.events) for e in KNOWN},
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


def _placed(found: Confirmation, name: str, lines: dict[Place, int]) -> Confirmation:
    """Each line about tickets with its place: what is doubted of it can be found."""
    part = ("confirmation", "tickets")
    tickets = tuple(
        replace(one, where=f"{name}:{line_of(lines, (*part, n))}")
        for n, one in enumerate(found.tickets)
    )
    return replace(found, tickets=tickets)


def _at(name: str, lines: dict[Place, int], part: str, n: int) -> str:
    """The file and line of an entry."""
    return f"{name}:{line_of(lines, (part, n))}"


def _long_enough(wait: timedelta) -> timedelta:
    if wait < SHORTEST_CADENCE:
        raise ValueError("is shorter than 5m, to which promised times are rounded")
    return wait


class _Pace(Spec):
    messages: int = Field(ge=1, le=1000, strict=True)
    within: Duration

    def compiled(self) -> Pace:
        return Pace(**self.model_dump())


_SECTIONS = (
    *("confirmation", "alerts", "maintenance", "approvals", "surveys", "corrections"),
    *("pace", "recurrence"),
)
"""Parts of a pack of which the last file that has one counts."""


class _File(ServiceLevelFile):
    version: Literal[1]
    rules: tuple[RuleEntry, ...] = ()
    response_within: dict[Severity, Duration] = {}
    cadence: dict[Severity, dict[_Waited, Annotated[Duration, AfterValidator(_long_enough)]]] = {}
    confirmation: ConfirmationEntry | None = None
    corrections: CorrectionsEntry | None = None
    alerts: AlertEntry | None = None
    maintenance: MaintenanceEntry | None = None
    models: tuple[ModelEntry, ...] = ()
    approvals: ApprovalEntry | None = None
    surveys: SurveyEntry | None = None
    release: tuple[ReleaseEntry, ...] = ()
    pace: _Pace | None = None
    recurrence: RecurrenceEntry | None = None

    def sections(self, name: str, lines: dict[Place, int]) -> dict[str, Any]:
        found = {part: getattr(self, part) for part in _SECTIONS}
        made = {part: entry.compiled() for part, entry in found.items() if entry is not None}
        if "confirmation" in made:
            made["confirmation"] = _placed(made["confirmation"], name, lines)
        return made

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
        raise unfit(name, lines, wrong) from None
