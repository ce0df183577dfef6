"""Who of those we know is this speaker? One person by whole name, address or id, or nobody.

A surname alone, a first name alone and a name that two have are no match.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from ...domain.directory import Person
from ...domain.payload import PersonRef

_HAN = re.compile(r"[\u3400-\u9fff]")
_AFFIX = re.compile(r"^(.*?)\s*[(（\[【<]([^()（）\[\]【】<>]{1,60})[)）\]】>]\s*$")
_WORD = re.compile(r"[^\W_]+")
_Key = str | frozenset[str]


class Speakers:
    """The people of the directory and of the record, by what they are called."""

    def __init__(self, people: Iterable[Person | PersonRef]) -> None:
        self._by: dict[_Key, set[str]] = defaultdict(set)
        self._ids: set[str] = set()
        self._name_words: set[str] = set()
        self._known: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
        for person in people:
            self._ids.add(person.id)
            for name in _names(person):
                self._name_words.update(word.casefold() for word in _WORD.findall(name))
                for key in _keys_of(name):
                    self._by[key].add(person.id)
            for address in _addresses(person):
                self._by[f"mailto:{address.casefold()}"].add(person.id)

    def candidates(self, speaker: str, keys: tuple[str, ...] = ()) -> frozenset[str]:
        """The ids of all who may be meant; a match is exactly one. An address or id says more than a
        name, so names are asked only where it says nothing."""
        asked = (speaker, keys)
        if asked not in self._known:
            self._known[asked] = frozenset(self._meant(speaker, keys))
        return self._known[asked]

    def _meant(self, speaker: str, keys: tuple[str, ...]) -> set[str]:
        addresses = {f"mailto:{key.casefold()}" for key in keys if "@" in key}
        by_address = {one for address in addresses for one in self._by.get(address, ())}
        if by_address:
            return by_address
        by_name = self._by_name(speaker)
        by_id = {key for key in keys if key in self._ids}
        # A number is somebody else in each program: a name has to agree.
        numbers = {key for key in by_id if key.isdigit()}
        return by_name | (by_id - numbers) | (numbers & by_name)

    def _by_name(self, speaker: str) -> set[str]:
        speaker = speaker.strip().lstrip("@")
        found = self._called(speaker)
        affix = _AFFIX.match(speaker)
        if not found and affix is not None:
            found = self._called(affix[1]) | self._called(affix[2])
        return found

    def _called(self, name: str) -> set[str]:
        if "@" in name:
            return set(self._by.get(f"mailto:{name.strip().casefold()}", ()))
        # An id that is somebody's surname as well says too little.
        if name in self._ids and name.casefold() not in self._name_words:
            return {name}
        found: set[str] = set()
        for key in _keys_of(name):
            found |= self._by.get(key, set())
        return found


def _names(person: Person | PersonRef) -> list[str]:
    names = [person.name] if person.name else []
    if isinstance(person, Person) and person.names:
        names += [person.names.zh, person.names.en]
    return names


def _addresses(person: Person | PersonRef) -> list[str]:
    if isinstance(person, PersonRef):
        return [person.email] if person.email else []
    return [address.value for address in person.addresses if address.channel == "mail"]


def _keys_of(name: str) -> list[_Key]:
    """A Chinese name without its spaces; a Latin one of two words or more, in any order; both of those
    where somebody writes both."""
    name = unicodedata.normalize("NFKC", name).casefold().strip()
    han = "".join(_HAN.findall(name))
    latin = _WORD.findall(_HAN.sub(" ", name))
    keys: list[_Key] = [han] if len(han) >= 2 else []
    return [*keys, frozenset(latin)] if len(set(latin)) >= 2 else keys
