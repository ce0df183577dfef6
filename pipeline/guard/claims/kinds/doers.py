"""Is what is told of a person or a team recorded of them, or of somebody else?

Speaks only where the clause is plainly about one event, and that event names others and not them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..entities import Entity
from ..matching import Event, aligned
from ..reading import Span

KIND = "name"
_PLAIN = 3.0
"""How much of a clause must be found in an event, in the weights of rare words."""
_AND = r"\s?(?:、|,|和|与|及|and|&)\s?"
_NEARLY = 0.6
"""Events that fit so well beside the best one may be meant as well."""


def doers(told: Told) -> Iterator[Claim]:
    mentioned = list(_mentioned(told))
    for entity, start, end in mentioned:
        if told.is_advice(start) or (entity.kind == "site" and not _alone(told, mentioned, start)):
            continue
        spans = [told.reading.clause(start)]
        if len(mentioned) == 1:
            spans.append(told.reading.whole)
        for span in spans:
            about = _about(told, entity, span, (start, end))
            if not about:
                continue
            # A team that the event names beside what is told may well be meant.
            beside = entity.kind == "team" and any(e.id in entity.events for e in about)
            if not beside and not any(_names(told, e, entity) for e in about):
                others = [
                    o for o in told.index.entities if any(_is_other(e, o, entity) for e in about)
                ]
                if others and not _told_too(told, mentioned, others, start):
                    reason = because("claim_other_doer", name=others[0].name)
                    found = [e.statement for e in about]
                    yield told.contradicted(KIND, start, end, found, reason)
            break


def _told_too(
    told: Told, mentioned: list[tuple[Entity, int, int]], others: list[Entity], at: int
) -> bool:
    """Those whom the record names there stand in the clause as well: `from one team to the other`."""
    start, end = told.reading.clause(at)
    named = {e.name for e, s, _ in mentioned if start <= s < end}
    return any(o.name in named for o in others)


def _alone(told: Told, mentioned: list[tuple[Entity, int, int]], at: int) -> bool:
    """The one place of its clause: of several, each is told with a part of what is recorded."""
    start, end = told.reading.clause(at)
    return sum(e.kind == "site" and start <= s < end for e, s, _ in mentioned) == 1


def _names(told: Told, part: Event, entity: Entity) -> bool:
    """In this part, or as the one who speaks in its event."""
    name = entity.name.lower()
    if name in part.text:
        return True
    first = next(s for s in told.index.of_event(part.id) if s.type)
    return bool(re.match(rf"{re.escape(name)}\s?(?:[:(]|\w+\s?:)", first.reading.text.lower()))


def _is_other(part: Event, other: Entity, entity: Entity) -> bool:
    if other.kind != entity.kind or other.name in entity.name or entity.name in other.name:
        return False
    if other.kind == "site" and _listed(part, other, entity):
        return False
    return other.name.lower() in part.text


def _listed(part: Event, one: Entity, other: Entity) -> bool:
    """Both stand in one list of the statement, of which the part holds only the beginning."""
    a, b = re.escape(one.name), re.escape(other.name)
    joined = rf"{a}{_AND}{b}|{b}{_AND}{a}"
    return bool(re.search(joined, part.statement.reading.text, re.IGNORECASE))


def _mentioned(told: Told) -> Iterator[tuple[Entity, int, int]]:
    text = told.reading.text.lower()
    taken: list[Span] = []
    for entity in sorted(told.index.entities, key=lambda e: -len(e.name)):
        name = entity.name.lower()
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(s < end and at < e for s, e in taken) and not _goes_on(text, at, end):
                taken.append((at, end))
                yield entity, at, end
            at = text.find(name, end)


def _goes_on(text: str, start: int, end: int) -> bool:
    """A part of a longer Latin word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def _about(told: Told, entity: Entity, clause: Span, name: Span) -> list[Event]:
    """What the record says of which the clause tells, by everything but the name itself."""
    index = told.index
    if entity.kind == "site":
        ranked = aligned(told.reading, clause, index.clauses, index.weights, without=name)
        answers = {(p.group, p.sign) for p in told.polars if p.clause == clause and not p.loose}
        answers = {a for a in answers if a[0][:4] != "act:"} or answers
        ranked = [(score, e) for score, e in ranked if not answers or answers & e.answers]
    else:
        ranked = aligned(told.reading, clause, index.parts, index.weights, without=name)
        acts = {p.group for p in told.polars if p.clause == clause and p.group[:4] == "act:"}
        if acts:
            ranked = [(score, e) for score, e in ranked if acts & e.acts]
    if not ranked or ranked[0][0] < _PLAIN:
        return []
    return [e for score, e in ranked if score >= _NEARLY * ranked[0][0]]
