"""What does each rule say of an event, also those that say nothing? In their order, each with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ..domain.communication import Reason
from ..domain.events import Event
from ..domain.incident import Incident
from .conditions import TOLD, Condition, ConditionFailed, compile_condition, values_of
from .conjuncts import conjuncts
from .decide import Failed, Silent, Tell, applied
from .rules import Rule, RulePack

Said = Literal["tells", "silent", "not_about", "failed"]
_NAMED = re.compile(r"(?<![\w.\"'])((?:event|before|after)(?:\.[a-z_]+)+|late|told)(?![\w(])")
LONGEST_VALUE = 80


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`reason` says why it tells, stays silent, or is not about this event: with the parts of its condition that do
    not hold, and what stood in their places."""

    rule: Rule
    said: Said
    reason: Reason
    tell: Tell | None = None


def answers(
    pack: RulePack,
    event: Event,
    before: Incident | None,
    after: Incident,
    *,
    late: bool,
    told: Callable[[str], list[str]],
) -> list[Answer]:
    """Of all rules for this type of event; by the same steps as when it comes in."""
    values = values_of(event, before, after, late)
    return [_answer(rule, values, told, pack) for rule in pack.by_event.get(event.name, ())]


def _answer(
    rule: Rule, values: dict[str, Any], told: Callable[[str], list[str]], pack: RulePack
) -> Answer:
    found = applied(rule, values, told, pack.version)
    if isinstance(found, Tell):
        return Answer(rule=rule, said="tells", reason=found.reason, tell=found)
    if isinstance(found, Silent):
        return Answer(rule=rule, said="silent", reason=found.reason)
    if isinstance(found, Failed):
        problem = {"rule": rule.id, "error": found.error}
        return Answer(rule=rule, said="failed", reason=Reason(code="rule_failed", values=problem))
    known = {**values, TOLD: told(rule.audience)}
    return Answer(rule=rule, said="not_about", reason=_not_about(rule, known))


def _not_about(rule: Rule, values: Mapping[str, Any]) -> Reason:
    text = rule.when.text if rule.when else ""
    unmet = [part for part in conjuncts(text) if not _holds(part, values)]
    named = dict.fromkeys(name for part in unmet for name in _NAMED.findall(part))
    stood = ", ".join(f"{name} = {_value(name, values)}" for name in named)
    return Reason(
        code="rule_not_about",
        values={"rule": rule.id, "condition": " && ".join(unmet) or text, "values": stood or "-"},
    )


def _holds(part: str, values: Mapping[str, Any]) -> bool:
    try:
        return _compiled(part).holds(values)
    except (ConditionFailed, ValueError):
        return True


@lru_cache(maxsize=2048)
def _compiled(part: str) -> Condition:
    return compile_condition(part)


def _value(name: str, values: Mapping[str, Any]) -> str:
    found: Any = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    shown = json.dumps(found, ensure_ascii=False)
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[: LONGEST_VALUE - 1]}…"
