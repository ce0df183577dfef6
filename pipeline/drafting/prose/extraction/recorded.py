"""What does the record answer? Its facts in fixed sentences, each fact told once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from ....domain.directory import Bilingual, Language
from ....domain.facts import Brief, Fact, ValueKind
from ....domain.prose import Ref, Sentence
from ...spoken import at_clock
from ..assignment import Assignment
from .current import DONE
from .wording import PLACE, Frame

_ENDS = "。.!！?？；;"
_STAYS = ("!", "！", "?", "？", "…")
"""Ends that a value keeps when code writes it; a full stop it loses."""
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z0-9]")
_WRITTEN_BY_CODE = (ValueKind.TIME, ValueKind.STATE, ValueKind.DURATION, ValueKind.NUMBER)


def from_record(
    assignment: Assignment,
    section: str,
    frames: Sequence[Frame],
    told: set[str],
    most: int | None = None,
) -> Iterator[Sentence]:
    """The sentences of one section, at most so many and those that are always told. `told` are ids of the
    facts that were told; it grows."""
    count = 0
    for frame in frames:
        if most is not None and count >= most and not frame.always:
            continue
        if not _fits(frame, assignment):
            continue
        for facts in _facts(frame, assignment.brief):
            new = [fact for fact in facts.values() if fact.id not in told]
            if _leads(frame, facts, told) and new:
                told.update(fact.id for fact in facts.values())
                pieces = filled_in(frame.text(assignment.language), facts, assignment.language)
                pieces = tuple(_on_its_day(pieces, assignment))
                rests = tuple(dict.fromkeys(fact.id for fact in facts.values()))
                count += 1
                yield Sentence(section=section, pieces=pieces, rests_on=rests)


def _on_its_day(pieces: Sequence[str | Ref], assignment: Assignment) -> Iterator[str | Ref]:
    """English has "at 10:32", and "on Thu 26 Nov, 10:32"."""
    for piece, behind in zip(pieces, (*pieces[1:], ""), strict=True):
        at = isinstance(piece, str) and isinstance(behind, Ref) and piece.endswith(" at ")
        if at and _has_day(behind, assignment):
            yield f"{str(piece)[: -len('at ')]}on "
        else:
            yield piece


def _has_day(piece: str | Ref, assignment: Assignment) -> bool:
    value = assignment.facts[piece.fact].value if isinstance(piece, Ref) else None
    if not isinstance(value, datetime):
        return False
    told = at_clock(value, assignment.now, assignment.zone.key, assignment.language)
    return len(told) > len("10:32")


_SHARED = frozenset({"service", "team", "phase", "assignee", "group"})
"""Facts that name what a sentence is about, and may stand in several."""


def _leads(frame: Frame, facts: dict[str, Fact], told: set[str]) -> bool:
    """Whether all that the sentence tells is news; what only names its subject is not counted."""
    own = [f for a, f in facts.items() if a not in _SHARED] or list(facts.values())
    return all(fact.id not in told for fact in own)


def _fits(frame: Frame, assignment: Assignment) -> bool:
    brief = assignment.brief
    if any(brief.find(name) for name in frame.unless):
        return False
    if frame.role not in (None, brief.audience.role) or frame.not_role == brief.audience.role:
        return False
    if any(not _begins(brief, name, key) for name, key in frame.when.items()):
        return False
    if any(_begins(brief, name, key) for name, key in frame.when_not.items()):
        return False
    if frame.live is not None and frame.live is (state_of(brief) in DONE):
        return False
    return _lies(brief, frame.ahead, assignment.now, ahead=True) and _lies(
        brief, frame.past, assignment.now, ahead=False
    )


def _begins(brief: Brief, name: str, key: str) -> bool:
    fact = brief.find(name)
    return fact is not None and str(fact.value).startswith(key)


def state_of(brief: Brief) -> str:
    fact = brief.find("state")
    return "" if fact is None else str(fact.value)


def _lies(brief: Brief, name: str | None, now: datetime, *, ahead: bool) -> bool:
    if name is None:
        return True
    fact = brief.find(name)
    if fact is None or not isinstance(fact.value, datetime):
        return False
    return (fact.value > now) is ahead


def _facts(frame: Frame, brief: Brief) -> Iterator[dict[str, Fact]]:
    """The facts for the frame's places, one set for each sentence; none where one is not there."""
    if frame.each is not None:
        entries = brief.all(frame.each)
        for fact in entries[-frame.newest :] if frame.newest else entries:
            yield {frame.each: fact}
        return
    facts = {name: brief.find(name) for name in frame.needs}
    if all(fact is not None for fact in facts.values()):
        # A frame without places has a condition instead, and rests on the facts that it asks for.
        asked = {name: brief.find(name) for name in (*frame.when, *frame.needs)}
        yield {name: fact for name, fact in asked.items() if fact is not None}


def filled_in(text: str, facts: dict[str, Fact], language: Language) -> tuple[str | Ref, ...]:
    """Words and values by turns. A value that asks or shouts needs no stop behind it; between Latin and
    Chinese stands a space."""
    pieces: list[str | Ref] = []
    before = ""
    for n, part in enumerate(PLACE.split(text)):
        if not part:
            continue
        words = value_words(facts[part], language) if n % 2 else part
        if not n % 2 and n and _stops(before):
            words = _without_stop(words)
        if words and _meet(before, words):
            pieces.append(" ")
        if words:
            pieces.append(Ref(fact=facts[part].id) if n % 2 else words)
            before = words
    return tuple(pieces)


def _meet(before: str, words: str) -> bool:
    """Whether Latin and Chinese would touch."""
    one, other = before[-1:], words[:1]
    return bool(_HAN.match(one) and _LATIN.match(other)) or bool(
        _LATIN.match(one) and _HAN.match(other)
    )


def _stops(words: str) -> bool:
    return words.rstrip().endswith(_STAYS)


def _without_stop(words: str) -> str:
    return words[1:] if words[:1] in tuple(f"{_ENDS}，,") else words


def value_words(fact: Fact, language: Language) -> str:
    """The value as far as its own words go; what code writes (times, states) begins and ends as it may."""
    if isinstance(fact.value, Bilingual):
        return fact.value.in_language(language)
    if fact.kind is ValueKind.STATE and language == "zh":
        return "状态"
    if fact.kind in _WRITTEN_BY_CODE:
        return "\u2060"
    return str(fact.value)
