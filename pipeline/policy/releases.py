"""Who must agree before this text leaves? The first entry of the pack that fits, and what its own rule asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..domain.agreement import Demand, Lapse, Mode
from ..domain.communication import Communication, Kind, Reason
from ..domain.findings import FindingLevel, Verdict
from ..domain.incident_types import IncidentType

VETO_WITHIN = timedelta(minutes=10)
"""For a rule that says `unless_vetoed` and no entry says within which time."""


@dataclass(frozen=True, kw_only=True)
class ReleaseRule:
    """Each condition that is None holds for everything; `findings` is the least level that it is about.
    `where` is the file and line."""

    id: str
    mode: Mode
    audiences: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None
    severities: frozenset[str] | None = None
    incident_types: frozenset[IncidentType] | None = None
    findings: FindingLevel | None = None
    within: timedelta | None = None
    lapse: Lapse = Lapse.REMIND
    ask: str | None = None
    escalate_to: str | None = None
    reason: Reason
    where: str = ""


def demand_of(
    rules: Sequence[ReleaseRule],
    communication: Communication,
    *,
    verdict: Verdict,
    severity: str | None,
    incident_type: IncidentType | None,
) -> Demand:
    """The graver of what the entry and what the communication's own rule ask. What the guard holds needs
    a person, whatever they say (law 7). A request to release asks for none itself."""
    own = Mode(communication.release)
    if communication.held is not None:
        return Demand(mode=Mode.AUTOMATIC, rule=communication.rule)
    entry = next(
        (r for r in rules if _fits(r, communication, verdict, severity, incident_type)), None
    )
    mode = max(own, entry.mode if entry else Mode.AUTOMATIC, key=lambda m: m.weight)
    level = verdict.level or FindingLevel.WARN
    if level > FindingLevel.WARN and mode.weight < Mode.ONE_PERSON.weight:
        mode = Mode.ONE_PERSON
    within = entry.within if entry else None
    if within is None and mode is Mode.UNLESS_VETOED:
        within = VETO_WITHIN
    if entry is None:
        seconds = int(within.total_seconds()) if within else None
        return Demand(mode=mode, rule=communication.rule, within=seconds)
    return Demand(
        mode=mode,
        rule=entry.id,
        reason=entry.reason,
        within=int(within.total_seconds()) if within else None,
        lapse=entry.lapse,
        ask=entry.ask,
        escalate_to=entry.escalate_to,
    )


def _fits(
    rule: ReleaseRule,
    c: Communication,
    verdict: Verdict,
    severity: str | None,
    incident_type: IncidentType | None,
) -> bool:
    level = verdict.level
    return (
        (rule.audiences is None or c.audience in rule.audiences)
        and (rule.kinds is None or c.kind in rule.kinds)
        and (rule.severities is None or severity in rule.severities)
        and (rule.incident_types is None or incident_type in rule.incident_types)
        and (rule.findings is None or (level is not None and level >= rule.findings))
    )
