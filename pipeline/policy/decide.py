"""An event came in: who is told what, and who is not, and why?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..domain.communication import (
    Awaited,
    Communication,
    CommunicationState,
    Kind,
    Lane,
    Reason,
    ReleaseMode,
)
from ..domain.events import Event
from ..domain.incident import Incident
from .conditions import TOLD, Condition, ConditionFailed, values_of
from .rules import Exemption, Rule, RulePack


@dataclass(frozen=True, kw_only=True)
class Tell:
    """Somebody is to be told, `delay` from now."""

    rule: str
    kind: Kind
    audience: str
    channels: tuple[str, ...]
    delay: timedelta
    articles_within: timedelta | None
    prose_within: timedelta | None
    release: ReleaseMode
    lane: Lane
    reason: Reason
    dependents: bool = False
    rules: str | None = None
    must: bool = False
    on_call: str | None = None

    def planned(
        self,
        communication_id: str,
        event: Event,
        now: datetime,
        *,
        articles: bool = False,
        prose: bool = False,
    ) -> Communication:
        """As a row that waits for its time; for `articles` too, where a search for them is under way, and for
        `prose`, where a model may be asked for it."""
        awaits = self._awaits(articles=articles, prose=prose)
        within = {Awaited.ARTICLES: self.articles_within, Awaited.PROSE: self.prose_within}
        patience = within[awaits] if awaits else None
        return Communication(
            id=communication_id,
            incident=event.incident_id,
            kind=self.kind,
            audience=self.audience,
            channels=self.channels,
            rule=self.rule,
            rules=self.rules,
            must=self.must,
            reason=self.reason,
            release=self.release,
            lane=self.lane,
            due_at=now + max(self.delay, patience or timedelta()),
            created_at=now,
            events=(event.id,),
            dependents=self.dependents,
            awaits=awaits,
            ready_at=now + self.delay if awaits is Awaited.PROSE else None,
        )

    def _awaits(self, *, articles: bool, prose: bool) -> Awaited | None:
        if articles and self.articles_within:
            return Awaited.ARTICLES
        return Awaited.PROSE if prose and self.prose_within else None


@dataclass(frozen=True, kw_only=True)
class Silent:
    """A rule was about this event and stayed silent, for this reason."""

    rule: str
    kind: Kind
    audience: str
    reason: Reason
    rules: str | None = None

    def skipped(self, communication_id: str, event: Event, now: datetime) -> Communication:
        """As a row too: "why did I not hear?" has an answer."""
        return Communication(
            id=communication_id,
            incident=event.incident_id,
            kind=self.kind,
            audience=self.audience,
            rule=self.rule,
            rules=self.rules,
            reason=self.reason,
            state=CommunicationState.SKIPPED,
            outcome=self.reason,
            due_at=now,
            created_at=now,
            events=(event.id,),
        )


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A rule's condition could not be evaluated; it counts as not matching."""

    rule: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Decisions:
    tell: tuple[Tell, ...] = ()
    silent: tuple[Silent, ...] = ()
    failed: tuple[Failed, ...] = ()


def decide(
    pack: RulePack,
    event: Event,
    before: Incident | None,
    after: Incident,
    *,
    late: bool,
    told: Callable[[str], list[str]],
) -> Decisions:
    """All rules for this type of event, in the pack's order.

    `told` gives the kinds that an audience was told so far; it is asked only for conditions that
    name it, because the answer costs a query.
    """
    rules = pack.by_event.get(event.name, ())
    if not rules:
        return Decisions()
    values = values_of(event, before, after, late)
    found: list[Tell | Silent | Failed] = []
    for rule in rules:
        answer = applied(rule, values, told, pack.version)
        if answer is not None:
            found.append(answer)
    return Decisions(
        tell=tuple(a for a in found if isinstance(a, Tell)),
        silent=tuple(a for a in found if isinstance(a, Silent)),
        failed=tuple(a for a in found if isinstance(a, Failed)),
    )


def applied(
    rule: Rule, values: dict[str, Any], told: Callable[[str], list[str]], version: str
) -> Tell | Silent | Failed | None:
    """What one rule has to say about an event; None where its `when` does not hold."""

    def holds(condition: Condition) -> bool:
        if TOLD not in condition.names:
            return condition.holds(values)
        return condition.holds({**values, TOLD: told(rule.audience)})

    try:
        if rule.when is not None and not holds(rule.when):
            return None
        exemption = next((e for e in rule.unless if holds(e.condition)), None)
    except ConditionFailed as failed:
        return Failed(rule=rule.id, error=str(failed))
    return (
        _tell(rule, version, _must(rule, holds))
        if exemption is None
        else _silent(rule, exemption, version)
    )


def _must(rule: Rule, holds: Callable[[Condition], bool]) -> bool:
    """Of a condition that fails nobody knows: then it is told at once, rather than late or never."""
    try:
        return rule.must is not None and holds(rule.must)
    except ConditionFailed:
        return True


def _silent(rule: Rule, exemption: Exemption, version: str) -> Silent:
    return Silent(
        rule=rule.id,
        kind=rule.kind,
        audience=rule.audience,
        reason=exemption.reason,
        rules=version,
    )


def _tell(rule: Rule, version: str, must: bool) -> Tell:
    return Tell(
        rule=rule.id,
        kind=rule.kind,
        audience=rule.audience,
        channels=rule.channels,
        delay=rule.after,
        articles_within=rule.articles_within,
        prose_within=rule.prose_within,
        release=rule.release,
        lane=rule.lane,
        reason=rule.reason,
        dependents=rule.dependents,
        rules=version,
        must=must,
        on_call=rule.on_call,
    )
