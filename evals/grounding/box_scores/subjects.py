"""Of whom does each sentence tell? Players and teams by their names, and by what came before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from .sheet import Sheet


class Cast:
    """Everybody of one game, under each name that a text may use."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        """A last name, or a city, may be that of several."""
        found: dict[str, set[str]] = {}
        seconds = self._sheet.game["box_score"]["SECOND_NAME"]
        for key, player in self._sheet.players.items():
            for name in (
                player,
                seconds[key],
                player.removesuffix(" Jr."),
                player.replace(".", ""),
            ):
                found.setdefault(name, set()).add(player)
        for team, city in self._sheet.teams.items():
            for name in (team, city):
                found.setdefault(name, set()).add(team)
        return {name: frozenset(who) for name, who in found.items()}

    def each(self, sentences: Sequence[str]) -> Iterator[frozenset[str]]:
        """A sentence that names nobody goes on telling of those of the one before."""
        last: frozenset[str] = frozenset()
        for sentence in sentences:
            last = self._named(sentence) or last
            yield last

    def _named(self, sentence: str) -> frozenset[str]:
        found: set[str] = set()
        for name in sorted(self._names, key=len, reverse=True):
            pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
            if re.search(pattern, sentence):
                found |= self._names[name]
                sentence = re.sub(pattern, " ", sentence)  # `Tim Duncan` is no other Duncan
        return frozenset(found)
