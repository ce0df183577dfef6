"""Who is known by name in one assignment? People of its facts, and those who speak in its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...domain.directory import Bilingual
from ...domain.facts import Fact, ValueKind
from ...domain.prose import Quoted
from ..slot_names import OF_PEOPLE
from .readable import likeness, readable
from .words import listed

LATIN = re.compile(r"[A-Za-z\u00c0-\u1fff\u3040-\u30ff\uac00-\ud7a3]+")
"""A word of a script that is not Chinese."""
HAN = re.compile(r"[\u3400-\u9fff]+")
_ADDRESS = re.compile(r"([\w.+%'-]+)@[\w.-]+")
_BRACKETS = re.compile(r"[(\[【<「]([^()\[\]【】<>「」]{1,60})[)\]】>」]")
_CODE = re.compile(r"[A-Za-z]?\d+[a-z]{0,3}")


@dataclass(frozen=True, kw_only=True)
class Person:
    """`key` is the same for all spellings of the name; `names` are whole ones, `ids` what programs call
    the person: an id, the name before the @ of an address."""

    key: str
    names: frozenset[str]
    ids: frozenset[str] = frozenset()


def people_of(facts: Iterable[Fact], lines: Iterable[Quoted]) -> tuple[Person, ...]:
    """Each person once: what shares a name or an id is one."""
    groups = [*_of_facts(facts), *_of_lines(lines)]
    places: dict[str, int] = {}
    names: list[set[str]] = []
    ids: list[set[str]] = []
    for called, known_as in groups:
        keys = [*map(_folded, called), *(f"id:{one.casefold()}" for one in known_as)]
        place = next((places[key] for key in keys if key in places), len(names))
        if place == len(names):
            names.append(set())
            ids.append(set())
        names[place] |= called
        ids[place] |= known_as
        places.update(dict.fromkeys(keys, place))
    return tuple(
        Person(key=f"person {n}", names=frozenset(called), ids=frozenset(known_as))
        for n, (called, known_as) in enumerate(zip(names, ids, strict=True))
    )


def is_of_person(fact: Fact) -> bool:
    """Names, and the ids that stand where no directory knows a name."""
    return fact.attribute in OF_PEOPLE and fact.kind in (ValueKind.NAME, ValueKind.IDENTIFIER)


def names_of_things(facts: Iterable[Fact]) -> Iterator[str]:
    """Services and groups: their words are no people's, though somebody may be called so."""
    for fact in facts:
        if fact.kind is ValueKind.NAME and not is_of_person(fact):
            yield from _wordings(fact)


def names_in_speaker(speaker: str) -> set[str]:
    """`王晓琳 (Wang Xiaolin)` are two names of one; `Service Desk` and `客服` are nobody's."""
    bare = _ADDRESS.sub(" ", likeness(readable(speaker)))
    inner = _BRACKETS.findall(bare)
    outer = _BRACKETS.sub(" ", bare).strip(" <>()[]\"',;:@|")
    return {name.strip() for name in (outer, *filter(_is_whole_name, inner)) if is_name(name)}


def is_name(name: str) -> bool:
    """Whether somebody may be called so; words for desks, roles and programs are none."""
    name = name.strip()
    if not name or _CODE.fullmatch(name) or not (LATIN.search(name) or HAN.search(name)):
        return False
    han, latin = HAN.findall(name), [word.casefold() for word in LATIN.findall(name)]
    if han and ("".join(han) in listed("desks") or han[-1].endswith(tuple(listed("desk_ends")))):
        return False
    return bool(han) or not set(latin) <= listed("desks")


def _is_whole_name(text: str) -> bool:
    """In brackets a department stands more often."""
    return len(LATIN.findall(text)) >= 2 and not HAN.search(text)


def _of_facts(facts: Iterable[Fact]) -> Iterator[tuple[set[str], set[str]]]:
    for fact in facts:
        if not is_of_person(fact):
            continue
        if fact.kind is ValueKind.IDENTIFIER:
            yield set(), {str(fact.value)}
        else:
            yield {likeness(readable(name)) for name in _wordings(fact)}, set()


def _of_lines(lines: Iterable[Quoted]) -> Iterator[tuple[set[str], set[str]]]:
    seen: set[tuple[str, str | None]] = set()
    for line in lines:
        if (line.speaker, line.person) in seen:
            continue
        seen.add((line.speaker, line.person))
        ids = set(_ADDRESS.findall(likeness(line.speaker)))
        if line.person:
            ids.add(line.person)
        names = names_in_speaker(line.speaker)
        if names or ids:
            yield names, ids


def _wordings(fact: Fact) -> tuple[str, ...]:
    value = fact.value
    return (value.zh, value.en) if isinstance(value, Bilingual) else (str(value),)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
