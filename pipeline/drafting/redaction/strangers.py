"""Does a text name somebody of whom its readers know nothing? People of what was cut away from them."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.facts import Fact
from ...domain.prose import Quoted
from .naming import Naming
from .people import Person, names_of_things, people_of
from .readable import likeness
from .spotting import Spotter


class Strangers:
    """`facts` and `lines` are all there are, `known_facts` and `known_lines` those that the readers know."""

    def __init__(
        self,
        facts: Iterable[Fact],
        lines: Iterable[Quoted],
        *,
        known_facts: Iterable[Fact],
        known_lines: Iterable[Quoted],
    ) -> None:
        facts = tuple(facts)
        known = {name for one in people_of(known_facts, known_lines) for name in _called(one)}
        strange = [one for one in people_of(facts, lines) if known.isdisjoint(_called(one))]
        self._spotter = Spotter(Naming(strange, names_of_things(facts)))

    def are_named_in(self, text: str) -> bool:
        return any(self._spotter(likeness(text)))


def _called(person: Person) -> set[str]:
    return {name.casefold() for name in (*person.names, *person.ids)}
