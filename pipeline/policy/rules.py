"""What is a rule? A condition over an event and what it made of its ticket, and whom that concerns.

A pack is compiled when it is activated and indexed by event type, so that an event costs only the rules
that could concern it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from ..domain.communication import Kind, Lane, Reason, ReleaseMode
from .alert_rules import AlertRules, MaintenanceRules
from .approvals import ApprovalRules
from .cadence import Cadence
from .calendars import Calendar
from .conditions import Condition
from .confirmation import Confirmation
from .corrections import USUAL as USUAL_CORRECTIONS
from .corrections import Corrections
from .models import USUAL, ModelRule
from .recurrence import RecurrenceRules
from .releases import ReleaseRule
from .service_levels import ServiceLevel
from .surveys import SurveyRules


@dataclass(frozen=True, kw_only=True)
class Pace:
    """At most `messages` to one person `within` a time."""

    messages: int
    within: timedelta


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A case in which the rule stays silent; that it did, and why, is kept."""

    condition: Condition
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`when` says whether the rule is about this event at all; `unless` are its recorded exceptions.

    `after` is how long it waits for steps that belong together; `alone`, that its message is merged with
    no other, so that words which may have to wait hold up nothing else; `articles_within`, how long at most it waits for articles that may help, `prose_within` for a chat model's
    words where one may be asked; `dependents`, that those are told too who use what depends on the service;
    `on_call` names the calendar whose people are told instead of the audience, whose text they get; `must` says when nobody may put it off: no quiet hours, no digest, no limit, no mute; `where` is the file and line.
    """

    id: str
    events: tuple[str, ...]
    audience: str
    on_call: str | None
    kind: Kind
    channels: tuple[str, ...]
    after: timedelta
    alone: bool
    dependents: bool
    articles_within: timedelta | None
    prose_within: timedelta | None
    lane: Lane
    must: Condition | None
    release: ReleaseMode
    when: Condition | None
    unless: tuple[Exemption, ...]
    reason: Reason
    where: str


@dataclass(frozen=True, kw_only=True)
class RulePack:
    """All rules in force, and the service levels with their calendars."""

    rules: tuple[Rule, ...]
    by_event: Mapping[str, tuple[Rule, ...]]
    cadence: Cadence
    confirmation: Confirmation
    approvals: ApprovalRules = field(default_factory=ApprovalRules)
    surveys: SurveyRules = field(default_factory=SurveyRules)
    alerts: AlertRules = field(default_factory=AlertRules)
    maintenance: MaintenanceRules = field(default_factory=MaintenanceRules)
    corrections: Corrections = USUAL_CORRECTIONS
    recurrence: RecurrenceRules = field(default_factory=RecurrenceRules)
    models: tuple[ModelRule, ...] = USUAL
    releases: tuple[ReleaseRule, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    service_levels: tuple[ServiceLevel, ...] = ()
    close_after: timedelta | None = None
    """Days of silence after which a resolved ticket of our own is closed; None leaves it open."""
    pace: Pace | None = None
    """How many messages one person gets within a time; those above it come later, as one."""
    version: str = ""
    """The digest of its files."""

    def prose_within(self, kind: Kind, audience: str) -> timedelta | None:
        """The longest that a rule lets such a message wait for a model; None where none does."""
        waits = (
            rule.prose_within
            for rule in self.rules
            if (rule.kind, rule.audience) == (kind, audience) and rule.prose_within is not None
        )
        return max(waits, default=None)

    @cached_property
    def alone(self) -> frozenset[str]:
        """The rules whose messages are merged with no other."""
        return frozenset(rule.id for rule in self.rules if rule.alone)


def version_of(files: Mapping[str, str]) -> str:
    """The same files are the same version, whoever wrote them."""
    joined = "\x1f".join(f"{name}\x1e{text}" for name, text in sorted(files.items()))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
