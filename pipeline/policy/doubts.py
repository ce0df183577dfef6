"""What in a pack is likely not meant? Each finding names the rule and says why; none keeps it from counting.

What is wrong is refused when a pack is loaded. What is doubted here could be meant: a rule that tells twice, contradicts
another, matches everything, can never match, or waits for a message that no rule sends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from ..domain.communication import Reason
from ..domain.events import PAYLOADS
from .conditions import Condition
from .conjuncts import constant, impossible, needed_kinds, same
from .rules import Rule, RulePack

OF_TICKETS = "confirmation.tickets"
"""Stands for a rule where a line of this part is doubted."""
MOST = 200
"""Findings that are listed; who has more has one cause."""
MOST_ALIKE = 40
"""Rules of one kind, audience and event that are compared each with each."""
_EVENTS = frozenset(type_.split(".")[-2] for type_ in PAYLOADS)
_WIDE = len(_EVENTS) // 2


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """`where` is file and line; the reason's sentence is in `prompts/reasons.yaml`."""

    where: str
    rule: str
    reason: Reason


def doubts_of(pack: RulePack) -> list[Doubt]:
    """In the order of the rules."""
    found = [doubt for rule in pack.rules for doubt in _of_one(rule)]
    found += _of_pairs(pack)
    found += _of_waiting(pack)
    place = {rule.id: n for n, rule in enumerate(pack.rules)}
    return sorted(found, key=lambda doubt: place[doubt.rule])[:MOST]


def doubts_about_services(pack: RulePack, known: Collection[str]) -> list[Doubt]:
    """Of services that a pack names, and that the register does not know by this id."""
    return [
        Doubt(
            where=line.where,
            rule=OF_TICKETS,
            reason=Reason(code="doubt_unknown_service", values={"service": line.service}),
        )
        for line in pack.confirmation.tickets
        if line.service is not None and line.service not in known
    ]


def _doubt(rule: Rule, code: str, **values: str) -> Doubt:
    reason = Reason(code=f"doubt_{code}", values={"rule": rule.id, **values})
    return Doubt(where=rule.where, rule=rule.id, reason=reason)


def _of_one(rule: Rule) -> Iterator[Doubt]:
    always = rule.when is None or constant(rule.when) is True
    if always and len(set(rule.events)) >= _WIDE and not rule.unless:
        yield _doubt(rule, "everything", events=str(len(set(rule.events))))
    elif rule.when is not None and constant(rule.when) is True:
        yield _doubt(rule, "always", condition=rule.when.text)
    if rule.when is not None and (why := _never(rule.when, rule)):
        yield _doubt(rule, "never", condition=why)
    for n, exemption in enumerate(rule.unless):
        condition = exemption.condition
        if constant(condition) is True or (rule.when is not None and same(condition, rule.when)):
            yield _doubt(rule, "always_silent", condition=condition.text)
        elif why := _never(condition, rule):
            yield _doubt(rule, "never_silent", condition=why)
        elif any(same(condition, earlier.condition) for earlier in rule.unless[:n]):
            yield _doubt(rule, "never_silent", condition=condition.text)


def _never(condition: Condition, rule: Rule) -> str | None:
    """The part for which it can never hold."""
    return condition.text if constant(condition) is False else impossible(condition, rule.events)


def _of_pairs(pack: RulePack) -> Iterator[Doubt]:
    """Rules that tell the same people the same kind of thing of one event."""
    alike: dict[tuple[str, str, str, tuple[str, ...]], list[Rule]] = defaultdict(list)
    for rule in pack.rules:
        for event in dict.fromkeys(rule.events):
            alike[event, rule.audience, rule.kind.value, rule.channels].append(rule)
    seen: set[tuple[str, str]] = set()
    for rules in alike.values():
        for one, other in combinations(rules[:MOST_ALIKE], 2):
            if (one.id, other.id) not in seen and (code := _clash(one, other)):
                seen.add((one.id, other.id))
                yield _doubt(other, code, other=one.id)


def _clash(one: Rule, other: Rule) -> str | None:
    for silent, telling in ((one, other), (other, one)):
        if telling.when is not None and any(same(e.condition, telling.when) for e in silent.unless):
            return "silent_and_told"
    if not _meet(one, other):
        return None
    alike = (one.after, one.lane, one.release, one.alone, one.must)
    differ = alike != (other.after, other.lane, other.release, other.alone, other.must)
    return "contradicts" if differ else "twice"


def _meet(one: Rule, other: Rule) -> bool:
    """Whether both are about the same case for sure: the same condition, or one without any."""
    if one.when is None or other.when is None:
        return True
    return same(one.when, other.when)


def _of_waiting(pack: RulePack) -> Iterator[Doubt]:
    """`"update" in told` waits for a message. Where no rule sends it, or only rules that wait in a circle for each
    other, it waits for ever."""
    for audience in dict.fromkeys(rule.audience for rule in pack.rules):
        rules = [rule for rule in pack.rules if rule.audience == audience]
        needs = {rule.id: _needs(rule) for rule in rules}
        told: set[str] = set()
        while grown := {
            rule.kind.value
            for rule in rules
            if rule.kind.value not in told and needs[rule.id] <= told
        }:
            told |= grown
        sent = {rule.kind.value for rule in rules}
        for rule in rules:
            if missing := sorted(needs[rule.id] - told):
                circle = any(kind in sent for kind in missing)
                yield _doubt(rule, "circle" if circle else "waits", kind=", ".join(missing))


def _needs(rule: Rule) -> frozenset[str]:
    return needed_kinds(rule.when) if rule.when is not None else frozenset()
