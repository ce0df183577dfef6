"""Which names and codes does an assignment know, in every way in which a text could write them?

People are met by their whole name, by parts of it, and by surname with a title; all else by its whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ....domain.directory import Bilingual
from ....domain.facts import ValueKind
from ...slot_names import OF_PEOPLE
from ..assignment import Assignment
from .checks import Against
from .checks.against import Heard
from .offer import Offer
from .quoting import HAN
from .runs import Run
from .tables import Tables
from .text import folded

REPORTERS = frozenset({"requester_name", "reopened_by"})
_HAN_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff·]{2,4}")
_CAPITAL = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?![A-Za-z])")
_LATIN = re.compile(r"[A-Za-z0-9]")
_LATIN_PART = re.compile(r"[^\W\d_][^\W\d_'’-]+")
_LEAST_PART = 2


def against(
    assignment: Assignment,
    offer: Offer,
    tables: Tables,
    names: Iterable[str],
    told_to_do: frozenset[Run] = frozenset(),
) -> Against:
    """`offer` is what the writer was shown; `names` are more words for the things of this incident, such
    as a service's aliases, and whole names of people."""
    people, things, codes = set[str](), set(names), set[str]()
    for fact in assignment.facts.values():
        if fact.kind is ValueKind.NAME:
            (people if fact.attribute in OF_PEOPLE else things).update(_written(fact.value))
        elif fact.kind is ValueKind.IDENTIFIER:
            codes.update(_written(fact.value))
    people |= {line.speaker for line in assignment.lines}
    # What a placeholder stands for may be anything; a person most often.
    people |= {slot.original for slot in offer.of("P")}
    patterns = [*_of_people(people, tables), *_of_things(things)]
    return Against(
        tables=tables,
        names=_any_of(patterns),
        codes=_any_of(_bounded(_plain(code)) for code in codes if len(code) > 1),
        capitals=frozenset(_capitals(offer)),
        heard=tuple(_heard(assignment, offer)),
        told_to_do=told_to_do,
    )


def _heard(assignment: Assignment, offer: Offer) -> Iterator[Heard]:
    reporters = frozenset(
        name
        for fact in assignment.facts.values()
        if fact.attribute in REPORTERS
        for name in _written(fact.value)
    )
    for slot in offer.of("L"):
        if slot.line is not None:
            by = frozenset([slot.line.speaker])
            yield Heard(slot=slot.name, text=slot.line.text, speakers=by, is_speech=True)
    for slot in offer.of("F"):
        fact = slot.fact
        if fact is None or fact.kind not in (ValueKind.QUOTE, ValueKind.TEXT):
            continue
        speech = fact.kind is ValueKind.QUOTE
        by = reporters if speech else frozenset[str]()
        for text in _written(fact.value):
            yield Heard(slot=slot.name, text=text, speakers=by, is_speech=speech)


def _capitals(offer: Offer) -> Iterator[str]:
    for slot in offer.slots.values():
        if slot.fact is not None:
            yield from (
                word for text in _written(slot.fact.value) for word in _CAPITAL.findall(text)
            )
        elif slot.line is not None:
            yield from _CAPITAL.findall(slot.line.text)


def _written(value: object) -> Iterator[str]:
    if isinstance(value, Bilingual):
        yield from (value.zh, value.en)
    else:
        yield str(value)


def _plain(text: str) -> str:
    return " ".join(folded(text).split())


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(set(patterns), key=lambda p: (-len(p), p))
    return re.compile("|".join(longest_first)) if longest_first else None


def _bounded(text: str) -> str:
    """As a word of its own, where it begins or ends with a Latin letter; Chinese has no such ends."""
    before = "(?<![A-Za-z0-9])" if _LATIN.match(text[0]) else ""
    after = "(?![A-Za-z0-9])" if _LATIN.match(text[-1]) else ""
    return f"{before}{re.escape(text)}{after}"


def _of_things(names: Iterable[str]) -> Iterator[str]:
    """`CRM` and `mail client` in any capitals; a single word such as `Mail` only as it is written."""
    for name in map(_plain, names):
        if len(name) < _LEAST_PART:
            continue
        loose = " " in name or (name.isascii() and name != name.capitalize() and not name.islower())
        yield f"(?i:{_bounded(name)})" if loose else _bounded(name)


def _of_people(names: Iterable[str], tables: Tables) -> Iterator[str]:
    for name in map(_plain, names):
        if len(name) < _LEAST_PART or name.lower() in tables.no_names:
            continue
        ordinary = tables.no_names.issuperset(name.lower().split())
        loose = " " in name and not ordinary
        yield f"(?i:{_bounded(name)})" if loose else _bounded(name)
        yield from _parts(name, tables)


def _parts(name: str, tables: Tables) -> Iterator[str]:
    if _HAN_NAME.fullmatch(name):
        surname, given = name[0], name[1:]
        before, after = "|".join(tables.before_surnames), "|".join(tables.after_surnames)
        yield f"(?:{before}){surname}|{surname}(?:{after})"
        if len(given) >= _LEAST_PART:
            yield re.escape(given)
    elif not HAN.search(name):
        for part in _LATIN_PART.findall(name):
            if part.lower() not in tables.no_names and part[0].isupper():
                yield _bounded(part)
