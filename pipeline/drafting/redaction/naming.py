"""By which words may the known people be meant? Indexes from a wording to the person, made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations

from .people import HAN, LATIN, Person
from .words import listed

_MOST_WORDS = 4
_LONGEST_HAN = 6


class Naming:
    """`latin` and `han` are whole names, `alone` one word of a Latin name, `given` a Chinese name without
    its surname. What two people share means neither: it has a key of its own."""

    def __init__(self, people: Iterable[Person], things: Iterable[str]) -> None:
        self.latin: dict[frozenset[str], str] = {}
        self.sizes: dict[str, set[int]] = defaultdict(set)
        self.alone: dict[str, str] = {}
        self.surnames: dict[str, str] = {}
        self.han: dict[str, str] = {}
        self.given: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self._of_things = {w.casefold() for thing in things for w in LATIN.findall(thing)}
        for person in people:
            for name in person.names:
                self._add_latin(person.key, [w.casefold() for w in LATIN.findall(name)])
                self._add_han(person.key, "".join(HAN.findall(name)))
            for id_ in person.ids:
                self._add_id(person.key, id_)

    def whose(self, name: str) -> str | None:
        """The person whose whole name this is, though it be an ordinary word."""
        latin = [word.casefold() for word in LATIN.findall(name)]
        han = "".join(HAN.findall(name))
        found = self.han.get(han) or self.latin.get(frozenset(latin))
        if found is None and len(latin) == 1 and not han:
            found = self.alone.get(latin[0])
        return found or self.ids.get(name.casefold())

    def may_stand_alone(self, word: str) -> bool:
        """A word of a name that is no word of the language and no service's."""
        return len(word) >= 2 and word not in listed("ordinary_latin") | self._of_things

    def _add_latin(self, key: str, words: list[str]) -> None:
        words = words[:_MOST_WORDS]
        if len(words) > 1:
            self.latin[frozenset(words)] = key
            for word in words:
                self.sizes[word].add(len(words))
            for two in permutations(words, 2) if len(words) == 2 else ():
                _share(self.ids, "".join(two), key)
        for word in words:
            _share(self.alone, word, key)

    def _add_han(self, key: str, name: str) -> None:
        if not 1 <= len(name) <= _LONGEST_HAN:
            return
        surname = name[:2] if name[:2] in listed("surnames") and len(name) > 2 else name[:1]
        _share(self.surnames, surname, key)
        if len(name) > 1:
            self.han[name] = key
        if len(name) - len(surname) > 1:
            _share(self.given, name[len(surname) :], key)

    def _add_id(self, key: str, id_: str) -> None:
        """`wang.xiaolin` is a name as well; an id that is a number or an ordinary word says too little."""
        folded = id_.casefold()
        words = [w.casefold() for w in LATIN.findall(id_)]
        if len(words) > 1 and not any(c.isdigit() for c in id_):
            self._add_latin(key, words)
        known = folded in listed("ordinary_latin") | listed("desks") | self._of_things
        if len(folded) >= 4 and not folded.isdigit() and not known:
            _share(self.ids, folded, key)


def _share(index: dict[str, str], word: str, key: str) -> None:
    index[word] = key if index.get(word, key) == key else f"name {word}"
