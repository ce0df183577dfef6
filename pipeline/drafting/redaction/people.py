"""Who is known by name in one assignment? People of its facts, those who speak in its lines, and whoever of the
directory is named in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...domain import directory
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
_ID = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", re.ASCII)
_CODE = re.compile(r"[A-Za-z]?\d+[a-z]{0,3}")

Called = tuple[set[str], set[str]]
"""Names and ids of somebody."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """`key` is the same for all spellings of the name; `names` are whole ones, `ids` what programs call
    the person: an id, the name before the @ of an address."""

    key: str
    names: frozenset[str]
    ids: frozenset[str] = frozenset()


def people_of(
    facts: Iterable[Fact], lines: Iterable[Quoted], others: Iterable[Called] = ()
) -> tuple[Person, ...]:
    """Each person once: what shares a name or an id is one. `others` are of the directory (`named_in`)."""
    groups = [*_of_facts(facts), *_of_lines(lines), *others]
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


def named_in(known: Iterable[directory.Person], texts: Iterable[str]) -> Iterator[Called]:
    """Those of the directory whose whole name, id or mailbox stands in a text. A directory has thousands, and
    a single word of a name is somebody's there as a rule: of whom no whole name stands, none is looked for."""
    latin, han, ids = _words_of(texts)
    for person in known:
        own = {person.id, *(a.value.partition("@")[0] for a in person.addresses if "@" in a.value)}
        called = {person.name, *((person.names.zh, person.names.en) if person.names else ())}
        names = {likeness(readable(name)) for name in called}
        if any(id_.casefold() in ids for id_ in own) or any(_stands(n, latin, han) for n in names):
            yield {name for name in names if is_name(name)}, own


def _words_of(texts: Iterable[str]) -> tuple[set[str], set[str], set[str]]:
    """Latin words, pieces of Chinese as long as names are, and what may be an id; each once."""
    latin: set[str] = set()
    han: set[str] = set()
    ids: set[str] = set()
    for text in map(likeness, map(readable, texts)):
        latin |= {word.casefold() for word in LATIN.findall(text)}
        ids |= {one.casefold() for one in _ID.findall(text)}
        for run in HAN.findall(text):
            han |= {run[n : n + size] for size in range(2, 7) for n in range(len(run) - size + 1)}
    return latin, han, ids


def _stands(name: str, latin: set[str], han: set[str]) -> bool:
    words = [word.casefold() for word in LATIN.findall(name)]
    if len(words) > 1 and (set(words) <= latin or "".join(words) in latin):
        return True
    return "".join(HAN.findall(name)) in han


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


def _of_facts(facts: Iterable[Fact]) -> Iterator[Called]:
    for fact in facts:
        if not is_of_person(fact):
            continue
        if fact.kind is ValueKind.IDENTIFIER:
            yield set(), {str(fact.value)}
        else:
            yield {likeness(readable(name)) for name in _wordings(fact)}, set()


def _of_lines(lines: Iterable[Quoted]) -> Iterator[Called]:
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
