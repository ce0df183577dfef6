"""What stands behind rules at the door: versions, trials on an event, and why somebody was told, or not?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .flow.explaining import Explaining
from .flow.library import Library
from .flow.rule_versions import RuleVersions
from .flow.trying import Trials
from .ports import Clock, Queries, Store


@dataclass(frozen=True, kw_only=True)
class RuleKeeping:
    """What the door needs for rules. `channels` are those of this installation."""

    versions: RuleVersions
    trials: Trials
    why: Explaining
    channels: frozenset[str]


def open_rule_keeping(
    store: Store, queries: Queries, clock: Clock, library: Library, live: Collection[str], zone: str
) -> RuleKeeping:
    return RuleKeeping(
        versions=RuleVersions(store=store, clock=clock, library=library),
        trials=Trials(store=store, clock=clock, live=live, zone=zone),
        why=Explaining(store=store, queries=queries, library=library),
        channels=frozenset(live),
    )
